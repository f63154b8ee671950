/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.classes;

import java.nio.file.Path;

/** Where members of a class come from, as the configuration says it. */
public sealed interface MemberSpec {

    /** One address. */
    record Address(String text) implements MemberSpec {}

    /** Every address of exactly that domain. */
    record Domain(String text) implements MemberSpec {}

    /** Every address that a glob matches: {@code *} is any text, {@code ?} one character. */
    record Glob(String text) implements MemberSpec {}

    /** A text file: an address, {@code @domain} or a glob a line, {@code #} begins a comment. Reloaded when it changes. */
    record File(Path path) implements MemberSpec {}

    /** The members of a group of the directory in {@link LdapDirectory}. */
    record LdapGroup(String groupDn) implements MemberSpec {}
}
