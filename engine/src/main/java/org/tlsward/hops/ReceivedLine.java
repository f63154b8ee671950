/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.hops;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.tlsward.explain.CleanText;
import org.tlsward.hops.HopTls.Encrypted;
import org.tlsward.hops.ReceivedClauses.Kind;

/**
 * What one {@code Received} line says, whoever wrote it. Texts are fit for a terminal or a page.
 *
 * @param from the name that the sending side gave itself
 * @param address of the sending side, as the receiving side saw it
 * @param by the receiving side
 * @param protocol after {@code with}, for example {@code ESMTPS}
 * @param time when it was received
 * @param tls of the hop
 */
public record ReceivedLine(
        Optional<String> from,
        Optional<InetAddress> address,
        Optional<String> by,
        Optional<String> protocol,
        Optional<Instant> time,
        HopTls tls) {
    /** RFC 5322 §2.1.1 allows 998 characters a line, and there may be some; real ones are far below. */
    static final int LONGEST = 8192;

    private static final int LONGEST_NAME = 255;

    /** RFC 3848, RFC 6531 §4.3; and what servers make of TLS on a port of its own. */
    private static final Set<String> OVER_TLS = Set.of(
            "esmtps",
            "esmtpsa",
            "lmtps",
            "lmtpsa",
            "smtps",
            "smtpsa",
            "utf8smtps",
            "utf8smtpsa",
            "utf8lmtps",
            "utf8lmtpsa");

    /** RFC 3848, RFC 6531 §4.3, and {@code asmtp} of old Exim; Exchange writes its own name. */
    private static final Set<String> IN_CLEARTEXT = Set.of(
            "smtp",
            "smtpa",
            "asmtp",
            "esmtp",
            "esmtpa",
            "lmtp",
            "lmtpa",
            "utf8smtp",
            "utf8smtpa",
            "utf8lmtp",
            "utf8lmtpa",
            "microsoft smtp server",
            "microsoft smtpsvc");

    /**
     * Reads the body of a field, folded or not. Never throws.
     *
     * @param body what stands after {@code Received:}
     */
    public static ReceivedLine parse(String body) {
        boolean whole = body.length() <= LONGEST;
        ReceivedClauses clauses = ReceivedClauses.read(whole ? body : body.substring(0, LONGEST));
        Optional<String> protocol = protocol(clauses.get(Kind.WITH).words());
        return new ReceivedLine(
                clauses.get(Kind.FROM).word().map(ReceivedLine::clean),
                ClientAddress.in(clauses.get(Kind.FROM)),
                clauses.get(Kind.BY).word().map(ReceivedLine::clean),
                protocol.map(ReceivedLine::clean),
                ReceivedDate.of(clauses.get(Kind.DATE).words()),
                whole && clauses.isSound() ? tls(clauses, protocol) : new HopTls.Unknown());
    }

    /** True if the line names no sender: a hand-over on one machine or inside of one provider, or the mail was written there. */
    public boolean isHandOver() {
        return from.isEmpty() && address.isEmpty();
    }

    private static HopTls tls(ReceivedClauses clauses, Optional<String> protocol) {
        String keyword = protocol.map(word -> word.toLowerCase(Locale.ROOT)).orElse("");
        boolean plain = IN_CLEARTEXT.contains(keyword);
        Optional<Encrypted> claim = TlsClaims.inRest(clauses);
        if (claim.isEmpty() && !plain) {
            // With a keyword of cleartext, that comment is one that a client smuggled into its own name.
            claim = TlsClaims.inFrom(clauses.get(Kind.FROM));
        }
        if (claim.isPresent()) {
            return claim.get();
        }
        if (OVER_TLS.contains(keyword)) {
            return new Encrypted(Optional.empty(), Optional.empty());
        }
        // Who writes no "from" does not speak of a connection: Gmail writes "with SMTP" where it takes a mail from its
        // own users.
        return plain && clauses.has(Kind.FROM) ? new HopTls.Plain() : new HopTls.Unknown();
    }

    /** One word, or the three of Exchange. */
    private static Optional<String> protocol(List<String> words) {
        if (words.isEmpty()) {
            return Optional.empty();
        }
        boolean several = words.get(0).equalsIgnoreCase("Microsoft")
                || (words.size() > 1 && words.get(1).equalsIgnoreCase("encrypted"));
        return Optional.of(several ? String.join(" ", words.subList(0, Math.min(words.size(), 3))) : words.get(0));
    }

    private static String clean(String text) {
        return CleanText.of(text, LONGEST_NAME);
    }
}
