/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Master;
import org.xbill.DNS.Name;

/** Signs zones with the tools of ldns; a zone keeps its key for as long as the directory lives. */
final class ZoneSigner {
    private static final Pattern SIGNATURE = Pattern.compile("(\tRRSIG\t(?!DNSKEY|SOA).* )([A-Za-z0-9+/])");
    private static final Duration YEAR = Duration.ofDays(365);

    private final Path directory;
    private final Map<String, String> keys = new ConcurrentHashMap<>();

    ZoneSigner(Path directory) {
        this.directory = directory;
    }

    /** The zone as NSD reads it. */
    Path file(Zone zone, String delegations) throws IOException {
        String stem = zone.name().isEmpty() ? "root" : zone.name();
        Path plain = Files.writeString(directory.resolve(stem + ".zone"), zone.file(delegations));
        if (!zone.isSigned()) {
            return plain;
        }
        Path signed = directory.resolve(stem + ".signed");
        List<String> command =
                new ArrayList<>(List.of("ldns-signzone", "-o", zone.name() + ".", "-f", signed.toString()));
        if (zone.kind() == Zone.Kind.NSEC3) {
            command.addAll(List.of("-n", "-p", "-t", "1", "-s", "ab"));
        }
        if (zone.kind() == Zone.Kind.EXPIRED) {
            Instant past = Instant.now().minus(YEAR);
            command.addAll(List.of("-i", "" + past.minus(YEAR).getEpochSecond(), "-e", "" + past.getEpochSecond()));
        } else {
            command.addAll(
                    List.of("-i", "" + Instant.now().minus(Duration.ofDays(1)).getEpochSecond()));
        }
        command.addAll(List.of(plain.toString(), key(zone)));
        run(command);
        if (zone.kind() == Zone.Kind.BOGUS) {
            Files.writeString(signed, broken(Files.readString(signed)));
        }
        return signed;
    }

    /** The first character of every signature is another one; those of keys stay, or the failure would be another one. */
    private static String broken(String zone) {
        return SIGNATURE
                .matcher(zone)
                .replaceAll(found -> found.group(1) + (found.group(2).equals("A") ? "B" : "A"));
    }

    /** What the parent says of the key. */
    String ds(Zone zone) throws IOException {
        try (Master key = new Master(directory.resolve(key(zone) + ".key").toString(), Name.root, 300)) {
            DNSKEYRecord record = (DNSKEYRecord) key.nextRecord();
            return new DSRecord(record.getName(), DClass.IN, 300, DNSSEC.Digest.SHA256, record).toString();
        }
    }

    private String key(Zone zone) {
        return keys.computeIfAbsent(
                zone.name(), name -> run(List.of("ldns-keygen", "-a", "ECDSAP256SHA256", name + ".")));
    }

    private String run(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
            String output =
                    new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + ": " + output);
            }
            return output.strip();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
