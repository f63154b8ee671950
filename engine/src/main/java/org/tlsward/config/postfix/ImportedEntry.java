/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.config.postfix;

import java.util.List;
import java.util.Optional;

/**
 * What became of an entry.
 *
 * @param line of the table where it begins
 * @param key what Postfix looks it up by
 * @param destination the element; empty if no rule means as much
 * @param obstacles why there is none
 * @param remarks what is different, and never weaker
 */
public record ImportedEntry(
        int line, String key, Optional<String> destination, List<String> obstacles, List<String> remarks) {

    /** Copies its arguments. */
    public ImportedEntry {
        obstacles = List.copyOf(obstacles);
        remarks = List.copyOf(remarks);
    }
}
