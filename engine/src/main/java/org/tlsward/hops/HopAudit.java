/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.hops;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.tlsward.hops.HopTls.Encrypted;
import org.tlsward.policy.InboundMinimum;
import org.tlsward.policy.TlsVersion;

/**
 * The whole chain of a mail against a minimum.
 *
 * @param minimum {@code any} or a version; {@code none} is met by everything
 * @param hops from us outward
 * @param unread how many further lines there are
 */
public record HopAudit(InboundMinimum minimum, List<Hop> hops, int unread) {
    /** Loops end at 100 hops (RFC 5321 §6.3); whoever writes more wants to keep us busy. */
    static final int MOST = 100;

    /** Copies its arguments. */
    public HopAudit {
        hops = List.copyOf(hops);
    }

    /**
     * Judges a chain. Never throws.
     *
     * @param bodies of the {@code Received} fields, from the top
     */
    public static HopAudit of(List<String> bodies, OwnHosts own, InboundMinimum minimum) {
        List<Hop> hops = new ArrayList<>();
        boolean found = false;
        for (String body : bodies.subList(0, Math.min(bodies.size(), MOST))) {
            ReceivedLine line = ReceivedLine.parse(body);
            // Only the topmost: a line of the same name below it came with the mail.
            boolean trusted = !found && own.wrote(line);
            found |= trusted;
            hops.add(new Hop(line, own.place(line), trusted, verdict(line.tls(), minimum)));
        }
        return new HopAudit(minimum, hops, Math.max(0, bodies.size() - MOST));
    }

    /** The worst hop; at best unknown if there is no line, or one that was not read. */
    public HopVerdict verdict() {
        if (minimum.version().isEmpty()) {
            return HopVerdict.MET;
        }
        HopVerdict worst =
                hops.stream().map(Hop::verdict).max(Comparator.naturalOrder()).orElse(HopVerdict.UNKNOWN);
        return worst == HopVerdict.MET && unread > 0 ? HopVerdict.UNKNOWN : worst;
    }

    /** The hop that our own server wrote down; empty if none can be trusted. */
    public Optional<Hop> ours() {
        return hops.stream().filter(Hop::trusted).findFirst();
    }

    private static HopVerdict verdict(HopTls tls, InboundMinimum minimum) {
        if (minimum.version().isEmpty()) {
            return HopVerdict.MET;
        }
        if (tls instanceof Encrypted encrypted) {
            return minimum == InboundMinimum.ANY
                    ? HopVerdict.MET
                    : encrypted
                            .version()
                            .map(version -> verdict(version, minimum))
                            .orElse(HopVerdict.UNKNOWN);
        }
        return tls instanceof HopTls.Plain ? HopVerdict.BELOW : HopVerdict.UNKNOWN;
    }

    private static HopVerdict verdict(TlsVersion version, InboundMinimum minimum) {
        return minimum.version().filter(version::atLeast).isPresent() ? HopVerdict.MET : HopVerdict.BELOW;
    }
}
