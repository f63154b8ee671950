/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.release;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Looks into every file, and into every file of every JAR.
 *
 * @param machine paths of this machine, which nothing may hold
 * @param release false for a version between releases, which may call itself so
 */
record Inspection(List<String> machine, boolean release) {
    private static final Pattern SECRET_NAME =
            Pattern.compile("(.*/)?(tlsward-tokens|demo-password|[^/]+\\.(p12|pfx|jks|key|pem))");
    private static final Pattern PRIVATE_KEY =
            Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----\\s+[A-Za-z0-9+/=]{40}");
    private static final String BETWEEN_RELEASES = "SNAPSHOT";

    void inspect(Map<String, PackedFile> files) {
        files.forEach((name, file) -> {
            if (name.endsWith(".jar")) {
                inspectJar(name, file.content());
            } else {
                inspect(name, file.content(), true);
            }
        });
    }

    private void inspectJar(String jar, byte[] content) {
        try (ZipInputStream entries = new ZipInputStream(new ByteArrayInputStream(content))) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                String name = entry.getName();
                boolean ours = name.startsWith("org/tlsward/") || name.startsWith("META-INF/");
                inspect(jar + '!' + name, entries.readAllBytes(), ours);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void inspect(String name, byte[] content, boolean ours) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        for (String path : machine) {
            if (text.contains(path)) {
                throw new UnfitForReleaseException(name + ": holds a path of this machine: " + path);
            }
        }
        if (SECRET_NAME.matcher(name).matches() || PRIVATE_KEY.matcher(text).find()) {
            throw new UnfitForReleaseException(name + ": a key or a secret is nobody else's business");
        }
        if (release && ours && text.contains(BETWEEN_RELEASES)) {
            throw new UnfitForReleaseException(name + ": says " + BETWEEN_RELEASES + ", and this is a release");
        }
    }
}
