/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.version;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Properties;

/**
 * A version of TLS Ward.
 *
 * @param number as in {@code 1.0.0}, or with {@code -SNAPSHOT} at its end between releases
 * @param date of the version, not of the machine that built it: who builds it again gets the same
 */
public record Version(String number, LocalDate date) {
    private static final String RESOURCE = "version.properties";

    /** That of the code which runs. */
    public static Version running() {
        try (InputStream resource = Version.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException("the resource " + RESOURCE + " is missing: this build is damaged");
            }
            return read(resource);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Version read(InputStream resource) throws IOException {
        Properties filled = new Properties();
        filled.load(resource);
        return new Version(
                filled.getProperty("number"),
                LocalDate.ofInstant(Instant.parse(filled.getProperty("date")), ZoneOffset.UTC));
    }

    /** For people: number and date. */
    @Override
    public String toString() {
        return number + " (" + date + ")";
    }
}
