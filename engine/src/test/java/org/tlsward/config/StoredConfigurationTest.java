/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tlsward.policy.InboundMinimum;
import org.tlsward.policy.TlsLevel;
import org.tlsward.testing.StoredSamples;

/** The reference configuration of an earlier release means what it meant. */
class StoredConfigurationTest {
    @TempDir
    Path root;

    private Path file;

    @BeforeEach
    void copy() throws Exception {
        Path conf = Files.createDirectories(root.resolve("conf"));
        StoredSamples.copy(StoredSamples.of("0.1", "conf"), conf);
        file = conf.resolve("tlsward.xml");
    }

    private WardConfiguration read() {
        return new WardConfigurationReader(JamesDirectories.below(root)).read(file);
    }

    @Test
    void referenceShouldMeanWhatItMeant() {
        WardConfiguration configuration = read();

        assertThat(configuration.rules()).containsOnlyKeys("medical", "general");
        assertThat(configuration.defaultClass()).isEqualTo("general");
        assertThat(configuration.rules().get("medical").outbound().level()).isEqualTo(TlsLevel.ENCRYPT);
        assertThat(configuration.rules().get("medical").inbound().minimum()).isEqualTo(InboundMinimum.TLS_1_2);
        assertThat(configuration.rules().get("general").isProtected()).isFalse();
        assertThat(configuration.quarantine()).isEqualTo(QuarantineSettings.DEFAULT);
    }

    @Test
    void fileWithoutAVersionShouldBeOfTheFirst() throws Exception {
        String with = Files.readString(file);
        WardConfiguration expected = read();
        Files.writeString(file, with.replace("<tlsward version=\"1\">", "<tlsward>"));

        assertThat(Files.readString(file)).isNotEqualTo(with);
        assertThat(read().rules()).isEqualTo(expected.rules());
    }

    /** One problem, whatever else is in there that we do not know. */
    @ParameterizedTest
    @ValueSource(strings = {"2", "1.1", "one", ""})
    void otherVersionShouldBeRefused(String version) throws Exception {
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("<tlsward version=\"1\">", "<tlsward version=\"" + version + "\"><of-tomorrow/>"));

        assertThatThrownBy(this::read)
                .isInstanceOfSatisfying(WardConfigurationException.class, e -> assertThat(e.problems())
                        .singleElement()
                        .asString()
                        .startsWith("tlsward.xml:")
                        .contains("unsupported value \"" + version + "\"", "expected: 1", "newer TLS Ward"));
    }
}
