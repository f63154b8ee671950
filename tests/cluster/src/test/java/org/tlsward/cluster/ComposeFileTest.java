/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.config.JamesDirectories;
import org.tlsward.config.WardConfiguration;
import org.tlsward.config.WardConfigurationReader;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What can be told of {@code docker-compose.distributed.yml} without its images. */
class ComposeFileTest {
    private static final Path FOLDER = Path.of(System.getProperty("tlsward.root"), "james-docker");
    private static final List<String> MADE_BY_HAND = List.of("./distributed/tls");

    private final Map<String, Object> compose = read();

    @TempDir
    Path home;

    @SuppressWarnings("unchecked")
    private static Map<String, Object> read() {
        try (var in = Files.newBufferedReader(FOLDER.resolve("docker-compose.distributed.yml"))) {
            return (Map<String, Object>) new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private Map<String, Map<String, Object>> services() {
        return (Map<String, Map<String, Object>>) compose.get("services");
    }

    @SuppressWarnings("unchecked")
    private List<String> mounts(String node) {
        return (List<String>) services().get(node).get("volumes");
    }

    @Test
    void bothNodesShouldBeTheDistributedJames39() {
        assertThat(services().keySet()).contains("mx1", "mx2", "cassandra", "rabbitmq", "opensearch", "s3");
        for (String node : List.of("mx1", "mx2")) {
            assertThat(services().get(node).get("image")).isEqualTo("apache/james:distributed-3.9.0");
        }
    }

    @Test
    void nodesShouldShareWhatIsConfiguredAndNothingThatIsWritten() {
        List<String> first = mounts("mx1").stream()
                .filter(mount -> !mount.startsWith("mx1-var:"))
                .toList();
        List<String> second = mounts("mx2").stream()
                .filter(mount -> !mount.startsWith("mx2-var:"))
                .toList();
        assertThat(first).isEqualTo(second);
        assertThat(mounts("mx1")).contains("mx1-var:/root/var");
        assertThat(mounts("mx2")).contains("mx2-var:/root/var");
    }

    @Test
    void mountedFilesShouldBeThere() {
        for (String mount : mounts("mx1")) {
            String from = mount.substring(0, mount.indexOf(':'));
            if (from.startsWith(".") && !MADE_BY_HAND.contains(from)) {
                assertThat(FOLDER.resolve(from)).exists();
            }
        }
    }

    @Test
    void itsMailetContainerShouldBeTheReferenceWithTheRepositoriesInCassandra() throws Exception {
        String reference = Files.readString(FOLDER.resolve("../conf/mailetcontainer.xml"));
        assertThat(Files.readString(FOLDER.resolve("distributed/mailetcontainer.xml")))
                .isEqualTo(reference.replace("file://var/mail/", "cassandra://var/mail/"))
                .contains("cassandra://var/mail/tls-withheld/");
    }

    @Test
    void itsTlsWardXmlShouldBeAccepted() throws Exception {
        // As the environment of the second node fills it in.
        String text = Files.readString(FOLDER.resolve("distributed/tlsward.xml"))
                .replace("${env:TLSWARD_NODE}", "mx2")
                .replace("${env:TLSWARD_DIGEST}", "off");
        WardConfiguration configuration = new WardConfigurationReader(JamesDirectories.below(home))
                .read(Files.writeString(home.resolve("tlsward.xml"), text));
        assertThat(configuration.evidence().node()).contains("mx2");
        assertThat(configuration.rules().get("medical").isProtected()).isTrue();
    }
}
