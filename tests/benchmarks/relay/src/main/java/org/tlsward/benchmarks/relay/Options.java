/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.benchmarks.relay;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was asked for on the command line: {@code --name value} pairs. */
final class Options {
    private static final List<String> KNOWN = List.of(
            "--scenario",
            "--rounds",
            "--seconds",
            "--warm-up",
            "--only",
            "--exim",
            "--members",
            "--backlog",
            "--heap",
            "--keep");

    private final Map<String, String> values = new LinkedHashMap<>();

    Options(List<String> arguments) {
        for (int i = 0; i < arguments.size(); i += 2) {
            if (!KNOWN.contains(arguments.get(i)) || i + 1 == arguments.size()) {
                throw new IllegalArgumentException("unknown option or no value: " + arguments.get(i) + " (expected: "
                        + String.join(" ", KNOWN) + ")");
            }
            values.put(arguments.get(i), arguments.get(i + 1));
        }
    }

    int number(String option, int otherwise) {
        return text(option).map(Integer::valueOf).orElse(otherwise);
    }

    Optional<String> text(String option) {
        return Optional.ofNullable(values.get(option));
    }

    /** Whether a server takes part: all do unless some are named. */
    boolean wants(String server) {
        return text("--only")
                .map(names -> Arrays.asList(names.split(",")).contains(server))
                .orElse(true);
    }
}
