/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.config.postfix;

import java.util.List;

/**
 * One entry of the table.
 *
 * @param line where it begins, from 1 on
 * @param key what it is looked up by
 * @param level the first word of its value
 * @param attributes the other words
 */
record PolicyEntry(int line, String key, String level, List<Attribute> attributes) {

    PolicyEntry {
        attributes = List.copyOf(attributes);
    }

    /**
     * {@code name=value}.
     *
     * @param name in lower case
     * @param value empty if there is no {@code =}
     */
    record Attribute(String name, String value) {}

    /** All values of attributes with that name. */
    List<String> values(String name) {
        return attributes.stream()
                .filter(attribute -> attribute.name().equals(name))
                .map(Attribute::value)
                .toList();
    }
}
