/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.hops;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tlsward.hops.ReceivedClauses.Clause;
import org.tlsward.policy.IpNetwork;

/**
 * The address of the sending side. What the receiving side saw stands in comments as a rule, what the sending side calls itself before
 * them; the last address of the comments counts, else the one of the words.
 */
final class ClientAddress {
    private static final int LONGEST = 60;

    private ClientAddress() {}

    static Optional<InetAddress> in(Clause from) {
        List<InetAddress> found = new ArrayList<>();
        from.words().stream().limit(4).forEach(word -> address(word).ifPresent(found::add));
        from.comments().stream().limit(8).forEach(comment -> collect(comment, found));
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get(found.size() - 1));
    }

    private static void collect(String comment, List<InetAddress> found) {
        boolean own = false;
        for (String word : WordList.of(comment, " ,")) {
            // "HELO 10.0.0.1" is what the client says; "helo=..." is no address anyway.
            if (!own) {
                address(word).ifPresent(found::add);
            }
            own = word.equalsIgnoreCase("HELO") || word.equalsIgnoreCase("EHLO");
        }
    }

    private static Optional<InetAddress> address(String word) {
        if (word.length() > LONGEST || word.indexOf('/') >= 0) {
            return Optional.empty();
        }
        boolean bracketed = word.startsWith("[") && word.indexOf(']') > 0;
        String text = bracketed ? word.substring(1, word.indexOf(']')) : word;
        if (text.regionMatches(true, 0, "IPv6:", 0, 5)) {
            text = text.substring(5); // RFC 5321 §4.1.3
        }
        try {
            return Optional.of(IpNetwork.parse(text).base());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
