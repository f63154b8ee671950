/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.james.lifecycle.api.Startable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.health.HealthProblem;
import org.tlsward.health.HealthProblem.Severity;
import org.tlsward.health.HealthSource;

/**
 * Takes a new certificate into use when its files change, and knows how long the ones in use are good.
 *
 * <ol>
 *   <li>{@link #look()} reads the files. Nothing changed: done.
 *   <li>All of them are sound, key and certificate belong together: the servers load them, sessions under way go on.
 *   <li>One is not, for example because only the first of two files was replaced so far: the servers keep what they have,
 *       the health check says so, and the next look tries again.
 * </ol>
 */
public final class CertificateWatch implements HealthSource, Startable {

    /** Makes all servers load their certificates again. */
    @FunctionalInterface
    interface Servers {
        void reloadCertificates() throws Exception;
    }

    static final Duration WARNING = Duration.ofDays(30);

    private static final Logger LOGGER = LoggerFactory.getLogger(CertificateWatch.class);
    private static final String COMPONENT = "server certificate";

    private final List<CertificateFiles> watched;
    private final Servers servers;
    private final Clock clock;
    private final Map<CertificateFiles, ServerCertificate> inUse = new HashMap<>();
    private String loaded;
    private Optional<String> failure = Optional.empty();

    CertificateWatch(List<CertificateFiles> watched, Servers servers, Clock clock) {
        this.watched = List.copyOf(watched);
        this.servers = servers;
        this.clock = clock;
        // The servers have read, or are about to read, what is there now.
        this.loaded = contents();
        try {
            inUse.putAll(loadAll());
            inUse.values().forEach(certificate -> LOGGER.info("TLS certificate {}", certificate));
        } catch (UnusableCertificateException e) {
            failure = Optional.of(e.getMessage());
        }
    }

    /** Looks once whether the files changed, and acts. */
    synchronized void look() {
        String now = contents();
        if (now.equals(loaded)) {
            // Also the way back: a broken version was replaced by the one in use.
            failure = inUse.isEmpty() ? failure : Optional.empty();
            return;
        }
        try {
            Map<CertificateFiles, ServerCertificate> fresh = loadAll();
            servers.reloadCertificates();
            inUse.clear();
            inUse.putAll(fresh);
            loaded = now;
            failure = Optional.empty();
            fresh.values().forEach(certificate -> LOGGER.info("Loaded a new TLS certificate, {}", certificate));
        } catch (Exception e) {
            report(e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    @Override
    public synchronized List<HealthProblem> problems() {
        List<HealthProblem> problems = new ArrayList<>();
        failure.map(message -> new HealthProblem(
                        Severity.DEGRADED,
                        COMPONENT,
                        "a new certificate cannot be used, the old one stays in force: " + message))
                .ifPresent(problems::add);
        Instant now = clock.instant();
        inUse.values().stream().flatMap(each -> expiry(each, now).stream()).forEach(problems::add);
        return List.copyOf(problems);
    }

    private static Optional<HealthProblem> expiry(ServerCertificate certificate, Instant now) {
        if (!now.isBefore(certificate.notAfter())) {
            return Optional.of(problem(
                    Severity.UNHEALTHY,
                    certificate,
                    "expired on " + certificate.notAfter()
                            + ": senders that check it cannot deliver protected mail; put a new one in its place"));
        }
        if (now.isBefore(certificate.notBefore())) {
            return Optional.of(problem(
                    Severity.UNHEALTHY,
                    certificate,
                    "is not valid before " + certificate.notBefore() + ": check the clock of this machine"));
        }
        if (!now.plus(WARNING).isBefore(certificate.notAfter())) {
            return Optional.of(problem(
                    Severity.DEGRADED,
                    certificate,
                    "expires on " + certificate.notAfter()
                            + ": put a new one in its place, it is loaded without a restart"));
        }
        return Optional.empty();
    }

    private static HealthProblem problem(Severity severity, ServerCertificate certificate, String message) {
        return new HealthProblem(severity, COMPONENT, certificate.source() + " " + message);
    }

    private Map<CertificateFiles, ServerCertificate> loadAll() throws UnusableCertificateException {
        Map<CertificateFiles, ServerCertificate> all = new HashMap<>();
        for (CertificateFiles files : watched) {
            all.put(files, files.load());
        }
        return all;
    }

    private void report(String message) {
        if (!failure.equals(Optional.of(message))) {
            LOGGER.error("A new TLS certificate cannot be used, the old one stays in force: {}", message);
        }
        failure = Optional.of(message);
    }

    /** A digest of all files; what cannot be read counts as a content of its own. */
    private String contents() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (CertificateFiles files : watched) {
                for (Path path : files.paths()) {
                    digest.update(digestOf(path));
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JRE has SHA-256", e);
        }
    }

    private static byte[] digestOf(Path path) throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try {
            digest.update(Files.readAllBytes(path));
        } catch (IOException | UncheckedIOException e) {
            digest.update((byte) 0);
        }
        return digest.digest();
    }
}
