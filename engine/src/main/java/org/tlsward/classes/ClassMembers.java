/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.classes;

import java.util.List;

/**
 * A class and where its members come from.
 *
 * @param className as in the configuration
 * @param specs may be empty, as for a default class
 */
public record ClassMembers(String className, List<MemberSpec> specs) {

    /** Copies its arguments. */
    public ClassMembers {
        specs = List.copyOf(specs);
    }
}
