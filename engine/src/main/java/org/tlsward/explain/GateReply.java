/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.explain;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tlsward.policy.ClassRule;
import org.tlsward.policy.EmergencyStop;
import org.tlsward.policy.InboundGate.Unmet;
import org.tlsward.policy.InboundMinimum;
import org.tlsward.policy.SessionTls;

/**
 * The reply to a RCPT that the gate does not take.
 *
 * @param code the basic status code, for example {@code 530}
 * @param text the enhanced status code (RFC 3463) and a sentence that says what to do, in US-ASCII, one line
 */
public record GateReply(String code, String text) {
    /** RFC 5321 §4.5.3.1.5: 512 octets with code and CRLF. */
    private static final int LONGEST_TEXT = 500;

    private static final List<String> LANGUAGES = List.of("en", "de", "fr");

    /**
     * A recipient whose class demands what the session does not have.
     *
     * @param tlsAvailable true if this server offers STARTTLS or the session began inside TLS: then it is the client who can mend it
     */
    public static GateReply refusal(Unmet unmet, Optional<SessionTls> session, boolean tlsAvailable) {
        String alternative = alternatives(unmet.rule());
        if (session.isEmpty() && !tlsAvailable) {
            // RULES: our own TLS is down, so the sender must not be told "never".
            return new GateReply(
                    "451",
                    line("4.7.0 This recipient needs TLS, which this server cannot offer right now", alternative));
        }
        if (session.isEmpty()) {
            // RFC 3207 §4: 530 Must issue a STARTTLS command first.
            return new GateReply(
                    "530",
                    line(
                            "5.7.0 Must issue a STARTTLS command first: mail for this recipient travels over TLS only"
                                    + newerThanAny(unmet.minimum()),
                            alternative));
        }
        return new GateReply(
                "550",
                line(
                        "5.7.10 This recipient needs " + unmet.minimum().word() + " or newer, this session has "
                                + session.get().protocol() + ": please update the TLS of your mail server",
                        alternative));
    }

    /** A recipient whose class cannot be found out right now. */
    public static GateReply unknownClass() {
        return new GateReply(
                "451",
                "4.3.0 It cannot be found out right now whether this recipient needs TLS:"
                        + " please try again later, or over TLS");
    }

    /** Mail for this recipient is stopped by an operator: whoever sends it keeps it. */
    public static GateReply stopped(EmergencyStop stop) {
        String sentence = stop.what() == EmergencyStop.What.NO_TLS
                ? "4.7.0 Mail for this recipient travels over TLS only, which is switched off here for the time being,"
                        + " please try again later"
                : "4.7.0 Mail for this recipient is stopped here for the time being, please try again later";
        return new GateReply("451", line(sentence, stop.why()));
    }

    /** The connection ends, because the whole server is stopped or because its TLS is not good enough any more. */
    public static GateReply goodbye(EmergencyStop stop) {
        String sentence =
                switch (stop.what()) {
                    case NO_TLS -> "4.7.0 TLS is switched off here for the time being, please connect again later";
                    case REFUSE_VERSION, REFUSE_CIPHER -> "4.7.0 The TLS of this session (" + stop.name()
                            + ") is not accepted here for the time being";
                    case CLASS, DESTINATION, ALL, SERVER -> "4.3.2 This server takes no mail for the time being,"
                            + " please try again later";
                };
        return new GateReply("421", line(sentence, stop.why()));
    }

    /** STARTTLS while TLS is switched off. */
    public static GateReply noTls(EmergencyStop stop) {
        // RFC 3207 §4: 454 TLS not available due to temporary reason.
        return new GateReply("454", line("4.7.0 TLS not available here for the time being", stop.why()));
    }

    /** AUTH while TLS is switched off: no password in cleartext. */
    public static GateReply noAuth(EmergencyStop stop) {
        // RFC 4954 §6: 454 4.7.0 Temporary authentication failure.
        return new GateReply(
                "454", line("4.7.0 Nobody can log in here for the time being, because there is no TLS", stop.why()));
    }

    /** What would be accepted cannot be written down right now. */
    public static GateReply noEvidence() {
        return new GateReply(
                "451", "4.3.0 It cannot be recorded right now how this mail arrives: please try again later");
    }

    /** Something broke inside: nothing is taken that might need TLS. */
    public static GateReply innerError() {
        return new GateReply("451", "4.3.0 Local error while judging this recipient: please try again later");
    }

    private static String newerThanAny(InboundMinimum minimum) {
        return minimum == InboundMinimum.ANY ? "" : " (" + minimum.word() + " or newer)";
    }

    private static String alternatives(ClassRule rule) {
        return LANGUAGES.stream()
                .map(language -> rule.alternatives().get(language))
                .filter(java.util.Objects::nonNull)
                .collect(Collectors.joining(" / "));
    }

    private static String line(String sentence, String alternative) {
        return AsciiText.of(alternative.isBlank() ? sentence : sentence + ". " + alternative, LONGEST_TEXT);
    }
}
