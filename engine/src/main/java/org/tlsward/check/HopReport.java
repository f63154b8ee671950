/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.check;

import java.util.ArrayList;
import java.util.List;
import org.tlsward.check.Report.Section;
import org.tlsward.check.Report.SectionBuilder;
import org.tlsward.hops.Hop;
import org.tlsward.hops.HopAudit;
import org.tlsward.hops.HopTls;
import org.tlsward.hops.HopTls.Encrypted;
import org.tlsward.hops.ReceivedLine;
import org.tlsward.policy.InboundMinimum;
import org.tlsward.policy.TlsVersion;

/** The hops of a mail, from its sender to us, and what they prove. */
public final class HopReport {
    private final HopAudit audit;

    /** About these hops. */
    public HopReport(HopAudit audit) {
        this.audit = audit;
    }

    /** The report. */
    public Report report() {
        List<Section> sections = new ArrayList<>();
        if (!audit.hops().isEmpty()) {
            sections.add(hops());
        }
        sections.add(proof());
        return new Report(title(), sections, exit());
    }

    private ExitCode exit() {
        return switch (audit.verdict()) {
            case MET -> ExitCode.CLEAN;
            case BELOW -> ExitCode.PROBLEMS;
            case UNKNOWN -> ExitCode.COULD_NOT_TELL;
        };
    }

    private String title() {
        if (audit.hops().isEmpty()) {
            return "there are no Received lines: nothing is known";
        }
        boolean any = audit.minimum() == InboundMinimum.ANY;
        String wanted = any ? "TLS" : audit.minimum().word() + " or newer";
        return switch (audit.verdict()) {
            case MET -> "every hop says that it was " + wanted;
            case BELOW -> "a hop was in cleartext"
                    + (any ? "" : ", or its TLS older than " + audit.minimum().word());
            case UNKNOWN -> "not every hop tells whether it was " + wanted;
        };
    }

    private Section hops() {
        SectionBuilder section = new SectionBuilder("Hops, from the sender to us");
        if (audit.unread() > 0) {
            section.row(Mark.UNKNOWN, "before", audit.unread() + " further lines, which were not read");
        }
        for (int at = audit.hops().size() - 1; at >= 0; at--) {
            Hop hop = audit.hops().get(at);
            section.row(mark(hop), "hop " + (audit.hops().size() - at), text(hop));
        }
        return section.build();
    }

    private static Mark mark(Hop hop) {
        return switch (hop.verdict()) {
            case MET -> Mark.OK;
            case BELOW -> Mark.FAIL;
            case UNKNOWN -> Mark.UNKNOWN;
        };
    }

    private static String text(Hop hop) {
        ReceivedLine line = hop.line();
        String sender = line.from().orElse("(not named)")
                + line.address()
                        .map(address -> " [" + address.getHostAddress() + "]")
                        .orElse("");
        return sender + " to " + line.by().orElse("(not named)") + ": " + tls(line.tls())
                + line.protocol().map(protocol -> ", with " + protocol).orElse("")
                + line.time().map(time -> ", " + time).orElse("") + place(hop.place())
                + (hop.trusted() ? "; our own line" : "; a claim");
    }

    private static String tls(HopTls tls) {
        if (tls instanceof Encrypted encrypted) {
            return encrypted.version().map(TlsVersion::protocol).orElse("TLS of a version that is not told")
                    + encrypted.cipher().map(cipher -> " " + cipher).orElse("");
        }
        return tls instanceof HopTls.Plain ? "cleartext" : "nothing is known";
    }

    private static String place(Hop.Place place) {
        return switch (place) {
            case EXTERNAL, UNKNOWN -> "";
            case INTERNAL -> "; from an own network";
            case LOOPBACK -> "; from the same machine";
            case HAND_OVER -> "; handed over by a program, or inside of a provider";
        };
    }

    private Section proof() {
        SectionBuilder section = new SectionBuilder("What this proves");
        boolean known = audit.ours().isPresent();
        section.row(
                Mark.INFO,
                "our own line",
                known ? "true, if our server handed this mail to you" : "none is known: name your servers with --name");
        section.row(
                Mark.INFO,
                "claims",
                "nothing. Whoever had the mail before may have written them; a good one is no proof, a bad one is a warning");
        section.row(
                Mark.INFO, "never told", "who the other side was: TLS without a checked certificate may end anywhere");
        return section.build();
    }
}
