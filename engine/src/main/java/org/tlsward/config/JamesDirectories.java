/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.config;

import java.nio.file.Path;
import java.util.function.Function;

/**
 * Resolves the file URLs of James without a running James: {@code file://conf/x}, {@code file://var/x}, {@code file:///absolute} and
 * {@code file://below-the-root}.
 *
 * @param root the working directory of James
 * @param conf where {@code file://conf/} is
 * @param var where {@code file://var/} is
 */
public record JamesDirectories(Path root, Path conf, Path var) implements Function<String, Path> {
    private static final String SCHEME = "file://";

    /** {@code conf} and {@code var} below the working directory, as in every James. */
    public static JamesDirectories below(Path root) {
        return new JamesDirectories(root, root.resolve("conf"), root.resolve("var"));
    }

    /**
     * The path of a URL.
     *
     * @throws IllegalArgumentException if it is no file URL
     */
    @Override
    public Path apply(String url) {
        if (!url.startsWith(SCHEME)) {
            throw new IllegalArgumentException("unsupported URL \"" + url + "\" (expected: " + FileUrls.EXPECTED + ")");
        }
        String rest = url.substring(SCHEME.length());
        if (rest.startsWith("conf/")) {
            return conf.resolve(rest.substring("conf/".length()));
        }
        return rest.startsWith("var/") ? var.resolve(rest.substring("var/".length())) : root.resolve(rest);
    }
}
