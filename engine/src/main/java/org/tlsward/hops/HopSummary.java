/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.hops;

import java.util.List;
import java.util.Locale;
import org.tlsward.hops.HopTls.Encrypted;
import org.tlsward.policy.TlsVersion;

/**
 * An audit in words of ours alone: nothing that a stranger wrote is in it, so that it may stand in a header.
 *
 * @param verdict the worst hop
 * @param minimum what each should have had
 * @param hops from us outward, the first of them
 * @param more how many further ones there are
 */
public record HopSummary(String verdict, String minimum, List<Told> hops, int more) {
    private static final int MOST = 20;

    /**
     * One hop.
     *
     * @param tls {@code TLSv1.3}, {@code TLS} if the version is not said, {@code plain} or {@code unknown}
     * @param place for example {@code internal}
     * @param ours true if our own server wrote it; everything else is a claim
     * @param verdict of this hop
     */
    public record Told(String tls, String place, boolean ours, String verdict) {}

    /** Copies its arguments. */
    public HopSummary {
        hops = List.copyOf(hops);
    }

    /** The words for an audit. */
    public static HopSummary of(HopAudit audit) {
        List<Hop> all = audit.hops();
        List<Hop> first = all.subList(0, Math.min(MOST, all.size()));
        return new HopSummary(
                word(audit.verdict()),
                audit.minimum().word(),
                first.stream()
                        .map(hop ->
                                new Told(tls(hop.line().tls()), word(hop.place()), hop.trusted(), word(hop.verdict())))
                        .toList(),
                all.size() - first.size() + audit.unread());
    }

    private static String tls(HopTls tls) {
        if (tls instanceof Encrypted encrypted) {
            return encrypted.version().map(TlsVersion::protocol).orElse("TLS");
        }
        return tls instanceof HopTls.Plain ? "plain" : "unknown";
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The body of a header field, folded (RFC 5322 §2.2.3): the verdict, then hop by hop from us outward. {@code ours} is what our own server
     * saw; a {@code claim} may be invented by whoever had the mail before.
     */
    public String headerBody() {
        StringBuilder body = new StringBuilder("verdict=" + verdict + "; minimum=" + minimum);
        for (Told hop : hops) {
            body.append(";\r\n ")
                    .append(hop.ours() ? "ours" : "claim")
                    .append('=')
                    .append(hop.tls())
                    .append(' ')
                    .append(hop.place())
                    .append(' ')
                    .append(hop.verdict());
        }
        if (more > 0) {
            body.append(";\r\n more=").append(more);
        }
        return body.toString();
    }
}
