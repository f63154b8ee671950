/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tlsward.config.EvidenceSettings;
import org.tlsward.config.WardConfiguration;
import org.tlsward.config.WardConfigurationException;
import org.tlsward.config.WardConfigurationReader;
import org.tlsward.evidence.AddressForm;
import org.tlsward.evidence.KeyedAddresses;
import org.tlsward.proof.EvidenceArchive;
import org.tlsward.proof.Since;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which evidence is read, and with which key. For commands whose argument is something else than the folder. */
final class ArchiveOption {
    /** More takes seconds. */
    private static final long MUCH = 100L << 20;

    @Option(
            names = "--evidence",
            paramLabel = "DIR",
            description =
                    "Folder with the evidence (default: the one that tlsward.xml names, or var/evidence beside conf). Once for each"
                            + " server of a cluster: they are read as one story, by time.")
    private List<Path> directories = List.of();

    @Option(
            names = "--address-key",
            paramLabel = "FILE",
            description = "The key of addresses that are hidden in the evidence (default: the one beside it).")
    private Optional<Path> key = Optional.empty();

    @Mixin
    private ConfigurationOption configuration;

    /** The configuration, if there is one. */
    Optional<WardConfiguration> configuration(Surroundings surroundings) {
        if (!configuration.isThere(surroundings)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new WardConfigurationReader(configuration.directories(surroundings))
                    .read(configuration.file(surroundings)));
        } catch (WardConfigurationException e) {
            throw new UsageException(e.problems().get(0));
        }
    }

    /** One for each server. */
    List<EvidenceArchive> archives(Surroundings surroundings) {
        List<EvidenceArchive> found = directories.isEmpty()
                ? List.of(usual(surroundings))
                : directories.stream()
                        .map(some -> surroundings.directory().resolve(some).normalize())
                        .distinct()
                        .map(EvidenceArchive::new)
                        .toList();
        for (EvidenceArchive each : found) {
            if (!Files.isDirectory(each.directory())) {
                throw new UsageException(
                        "unsupported folder \"" + each.directory() + "\" (expected: a folder with evidence)");
            }
        }
        return found;
    }

    private EvidenceArchive usual(Surroundings surroundings) {
        EvidenceSettings settings =
                configuration(surroundings).map(WardConfiguration::evidence).orElse(EvidenceSettings.DEFAULT);
        Path var = configuration.directory(surroundings).resolveSibling("var");
        return new EvidenceArchive(settings.directory(var), settings.keys(var));
    }

    /** How the log shows addresses, as far as the key is known. */
    AddressForm addresses(Surroundings surroundings) {
        return key.<AddressForm>map(
                        file -> KeyedAddresses.read(surroundings.directory().resolve(file)))
                .orElseGet(() -> archives(surroundings).get(0).addresses());
    }

    /** The beginning that somebody names. */
    static Instant since(String text, Surroundings surroundings) {
        try {
            return Since.parse(text, surroundings.clock());
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    /** The files from that time on. Much to read is announced. */
    static List<Path> files(List<EvidenceArchive> archives, Instant since, PrintWriter err) throws IOException {
        List<Path> files = new ArrayList<>();
        for (EvidenceArchive archive : archives) {
            files.addAll(archive.files(LocalDate.ofInstant(since, ZoneOffset.UTC), LocalDate.MAX));
        }
        long size = EvidenceArchive.size(files);
        if (size > MUCH) {
            err.println("Reading " + (size >> 20) + " MB of evidence in " + files.size() + " files ...");
            err.flush();
        }
        return files;
    }

    /** Says it if lines could not be read, and what to do. */
    static boolean isReadable(long unreadable, PrintWriter err) {
        if (unreadable > 0) {
            err.println("Lines that cannot be read: " + unreadable + ". Please run \"tlsward evidence verify\"");
            err.flush();
        }
        return unreadable == 0;
    }
}
