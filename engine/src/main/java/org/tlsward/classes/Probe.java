/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.classes;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** One look-up: what is asked of every source is computed once. Used by one thread. */
final class Probe {
    private final MailboxName name;
    private final AddressSet.Key address;
    private final AddressSet.Key domain;
    private Optional<String> unicodeDomain = Optional.empty();

    Probe(MailboxName name) {
        this.name = name;
        byte[] bytes = MemberSet.addressKey(name).getBytes(StandardCharsets.UTF_8);
        // no domain has an @, a local part may have one
        int at = bytes.length - 1;
        while (bytes[at] != '@') {
            at--;
        }
        address = new AddressSet.Key(bytes, 0, bytes.length);
        domain = new AddressSet.Key(bytes, at, bytes.length);
    }

    MailboxName name() {
        return name;
    }

    String unicodeDomain() {
        if (unicodeDomain.isEmpty()) {
            unicodeDomain = Optional.of(DomainText.unicode(name.domain()));
        }
        return unicodeDomain.get();
    }

    /** True if the address itself is in {@code addresses}. */
    boolean isListed(AddressSet addresses) {
        return addresses.contains(address);
    }

    /** True if the address or its whole domain is in {@code addresses}. */
    boolean isIn(AddressSet addresses) {
        return addresses.contains(address) || addresses.contains(domain);
    }
}
