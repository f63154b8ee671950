/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a command takes from outside, beside its arguments.
 *
 * @param directory where relative paths begin
 * @param environment variables
 * @param clock for end dates
 * @param policyPort where policy hosts listen: 443, but in tests
 * @param input standard input
 */
record Surroundings(
        Path directory,
        Function<String, Optional<String>> environment,
        Clock clock,
        int policyPort,
        InputStream input) {
    private static final int HTTPS = 443;

    Surroundings(Path directory, Function<String, Optional<String>> environment, Clock clock) {
        this(directory, environment, clock, HTTPS, InputStream.nullInputStream());
    }

    static Surroundings ofProcess() {
        return new Surroundings(
                Path.of("").toAbsolutePath(),
                name -> Optional.ofNullable(System.getenv(name)),
                Clock.systemUTC(),
                HTTPS,
                System.in);
    }
}
