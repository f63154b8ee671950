/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.tlsward.classes.ClassDirectory;
import org.tlsward.classes.MemberSourceException;
import org.tlsward.classes.RecipientClasses;
import org.tlsward.config.JamesDirectories;
import org.tlsward.config.WardConfiguration;
import org.tlsward.config.WardConfigurationException;
import org.tlsward.config.WardConfigurationReader;
import org.tlsward.health.HealthProblem;
import org.tlsward.outbound.OutboundDelivery;
import org.tlsward.policy.ClassRule;
import org.tlsward.policy.InboundRule;
import org.tlsward.policy.OutboundRule;
import org.tlsward.policy.Requirement;
import org.tlsward.policy.TlsLevel;
import org.tlsward.policy.TlsVersion;

/** A configuration, read as the server reads it, in a directory of its own so that a running server is not disturbed. */
final class LoadedConfiguration implements AutoCloseable {
    private final WardConfiguration configuration;
    private final ClassDirectory classes;
    private final Path state;

    private LoadedConfiguration(WardConfiguration configuration, ClassDirectory classes, Path state) {
        this.configuration = configuration;
        this.classes = classes;
        this.state = state;
    }

    /** Reads {@code tlsward.xml} and everything that it names; throws {@link WardConfigurationException} with all problems. */
    static LoadedConfiguration read(Path file, JamesDirectories directories, Clock clock) throws IOException {
        WardConfiguration configuration = new WardConfigurationReader(directories).read(file);
        Path state = Files.createTempDirectory("tlsward-cli");
        try {
            ClassDirectory classes = ClassDirectory.open(new ClassDirectory.Settings(
                    configuration.members(),
                    configuration.defaultClass(),
                    configuration.directory(),
                    configuration.subAddressDelimiters(),
                    state.resolve("classes"),
                    clock));
            return new LoadedConfiguration(configuration, classes, state);
        } catch (MemberSourceException e) {
            delete(state);
            throw new WardConfigurationException(e.complaints().stream()
                    .map(complaint -> file.getFileName() + ": classes: " + complaint)
                    .toList());
        }
    }

    /** What counts where there is no configuration: the classes of the one that is shipped, without members. */
    static LoadedConfiguration shipped(Clock clock) throws IOException {
        Requirement encrypted =
                Requirement.builder().encrypted().minimum(TlsVersion.TLS_1_2).build();
        ClassRule medical = new ClassRule(
                "medical",
                InboundRule.NOTHING,
                new OutboundRule(
                        TlsLevel.ENCRYPT,
                        encrypted,
                        Optional.of(TlsLevel.AUTHENTICATED.requirement()),
                        Duration.ofMinutes(15),
                        Duration.ofHours(4)),
                Map.of());
        ClassRule general = new ClassRule("general", InboundRule.NOTHING, OutboundRule.NOTHING, Map.of());
        Map<String, ClassRule> rules = new LinkedHashMap<>();
        rules.put(medical.name(), medical);
        rules.put(general.name(), general);
        WardConfiguration configuration =
                new WardConfiguration(rules, List.of(), general.name(), Optional.empty(), "+");
        Path state = Files.createTempDirectory("tlsward-cli");
        ClassDirectory classes = ClassDirectory.open(new ClassDirectory.Settings(
                List.of(), general.name(), Optional.empty(), "+", state.resolve("classes"), clock));
        return new LoadedConfiguration(configuration, classes, state);
    }

    WardConfiguration configuration() {
        return configuration;
    }

    RecipientClasses classes() {
        return classes;
    }

    /** Where a delivery may keep what it learns while the command runs. */
    Path state() {
        return state.resolve("delivery");
    }

    /** What starts nevertheless, and an admin has to know. */
    List<HealthProblem> problems() {
        classes.refreshNow();
        return new ArrayList<>(classes.problems());
    }

    /** What the outbound side cannot use; empty if nothing. */
    Optional<String> outboundProblem(Clock clock) {
        try (OutboundDelivery delivery =
                OutboundDelivery.open(configuration, OutboundDelivery.Options.usual(), state(), clock)) {
            return delivery.lookup() == null ? Optional.of("no resolver") : Optional.empty();
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        classes.close();
        delete(state);
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // A directory for temporary files is cleaned by the system.
            directory.toFile().deleteOnExit();
        }
    }
}
