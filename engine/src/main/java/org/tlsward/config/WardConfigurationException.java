/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.config;

import java.util.List;

/** The configuration cannot be used. The message has one line for each thing that is wrong with it. */
public final class WardConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    /** One line a problem: file and line, key, value and what was expected. */
    public WardConfigurationException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** The lines of the message; at least one. */
    public List<String> problems() {
        return problems;
    }
}
