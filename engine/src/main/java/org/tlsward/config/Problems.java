/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/** Collects everything that is wrong, so that an admin mends a file in one go. Not thread-safe. */
final class Problems {
    private final String fileName;
    private final List<Problem> found = new ArrayList<>();

    private record Problem(int line, String text) {}

    Problems(String fileName) {
        this.fileName = fileName;
    }

    /** Remembers {@code message} about {@code key}, or about the whole file if the key is blank. */
    void add(OptionalInt line, String key, String message) {
        String place = line.isPresent() ? fileName + ":" + line.getAsInt() : fileName;
        String subject = key.isBlank() ? "" : key + ": ";
        found.add(new Problem(line.orElse(0), place + ": " + subject + message));
    }

    /** In the order of the file. */
    WardConfigurationException toException() {
        return new WardConfigurationException(found.stream()
                .sorted(Comparator.comparingInt(Problem::line))
                .map(Problem::text)
                .distinct()
                .toList());
    }

    void throwIfAny() {
        if (!found.isEmpty()) {
            throw toException();
        }
    }
}
