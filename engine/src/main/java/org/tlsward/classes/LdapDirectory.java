/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.classes;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How to reach the directory that knows the groups.
 *
 * @param servers {@code ldap://} or {@code ldaps://}, tried in this order
 * @param startTls upgrade {@code ldap://} by StartTLS (RFC 4511 §4.14)
 * @param user distinguished name to bind as; empty for an anonymous bind
 * @param password of {@code user}
 * @param trustStore PKCS#12 file with the CAs of the directory; empty for the JVM's
 * @param trustPassword of {@code trustStore}
 * @param mailAttributes which attributes of a member hold its addresses
 * @param timeLimit for connecting and for every answer
 * @param refresh how often the groups are read again
 */
public record LdapDirectory(
        List<URI> servers,
        boolean startTls,
        Optional<String> user,
        Optional<String> password,
        Optional<Path> trustStore,
        Optional<String> trustPassword,
        List<String> mailAttributes,
        Duration timeLimit,
        Duration refresh) {

    /** Copies its arguments. */
    public LdapDirectory {
        servers = List.copyOf(servers);
        mailAttributes = List.copyOf(mailAttributes);
    }

    /** For logs and errors: without the passwords. */
    @Override
    public String toString() {
        return "LdapDirectory[servers=" + servers + ", startTls=" + startTls + ", user=" + user.orElse("(none)")
                + ", trustStore=" + trustStore.map(Path::toString).orElse("(none)") + ", mailAttributes="
                + mailAttributes + ", timeLimit=" + timeLimit + ", refresh=" + refresh + "]";
    }
}
