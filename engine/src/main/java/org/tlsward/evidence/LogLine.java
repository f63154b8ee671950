/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tlsward.explain.CleanText;
import org.tlsward.policy.Reason;

/**
 * One line of the server's log for one attempt and recipient, to be read with the eyes that read Exim's main log:
 *
 * <pre>
 * Mail42 =&gt; praxis@partner.example F=&lt;a@klinik.example&gt; R=medical:encrypt H=mx.partner.example [192.0.2.7]
 *     X=TLSv1.3:TLS_AES_256_GCM_SHA384 CV=dane C="250 ok" DT=0.2s
 * Mail42 == praxis@partner.example F=&lt;a@klinik.example&gt; R=medical:encrypt H=mx.partner.example [192.0.2.7] CV=no
 *     DT=0.1s defer (tls-not-offered): mx.partner.example does not offer STARTTLS ...
 * Mail42 ** praxis@partner.example ... withheld (tls-not-offered): ...
 * </pre>
 *
 * <p>After the queue id:
 *
 * <ul>
 *   <li>{@code =>} delivered, {@code ==} deferred, {@code **} withheld or rejected; at the inbound gate {@code <=} accepted and
 *       {@code <!} refused;
 *   <li>{@code --} something was done with the mail between attempts, {@code BY} whom: {@link EvidenceAction};
 *   <li>the recipient, and {@code F} the sender, {@code <>} for none;
 *   <li>{@code R} each rule that demanded something as {@code name:level}, {@code none} if no rule did; {@code L} what lowered it as
 *       {@code kind:name};
 *   <li>{@code H} the other host and its address;
 *   <li>{@code X} TLS version and cipher suite; not there in cleartext;
 *   <li>{@code CV} what the certificate was worth, {@code no} if nothing;
 *   <li>{@code C} what the remote server said last; {@code DT} how long it took;
 *   <li>{@code N} how often, where decisions that are alike are counted;
 *   <li>{@code WOULD} the reason and the rule for which it would have been withheld, where a rule only observes.
 * </ul>
 *
 * <p>A deferred, withheld, rejected or refused line ends with that word, the reason in parentheses, a colon and the sentence of
 * {@code org.tlsward.explain} that the technical note of a notice has. Values from outside have no controls and no blanks, so that
 * none of them can look like another field.
 */
public final class LogLine {
    private static final int LONGEST_TOKEN = 320;
    private static final int LONGEST_REPLY = 300;
    private static final int LONGEST_SENTENCE = 2000;

    private LogLine() {}

    /**
     * The line, without time and level, which the logging framework adds.
     *
     * @param record the attempt or the decision
     * @param sentence says why, for the admin of the other side; not used if all went well
     */
    public static String of(EvidenceRecord record, Optional<String> sentence) {
        StringBuilder line = new StringBuilder(300);
        MailIdentity mail = record.mail();
        if (!mail.queueId().isEmpty()) {
            line.append(token(mail.queueId())).append(' ');
        }
        line.append(symbol(record.result().outcome())).append(' ').append(token(mail.recipient()));
        line.append(" F=<").append(token(mail.sender())).append('>');
        rules(line, record.judgement());
        record.peer().ifPresent(peer -> {
            line.append(" H=").append(token(peer.name()));
            peer.address()
                    .ifPresent(
                            address -> line.append(" [").append(token(address)).append(']'));
        });
        record.tls().ifPresent(tls -> line.append(" X=")
                .append(token(tls.version()))
                .append(':')
                .append(token(tls.cipherSuite())));
        result(line, record);
        if (record.times() != 1) {
            line.append(" N=").append(record.times());
        }
        for (RecordedObservation observation : record.judgement().observations()) {
            line.append(" WOULD=").append(observation.reason().word());
            line.append('(').append(token(observation.rule().name())).append(')');
        }
        ending(line, record.result(), sentence);
        return line.toString();
    }

    /** What was done with a mail between attempts, and by whom: {@code Mail42 -- praxis@partner.example F=<...> released BY=anna}. */
    public static String of(EvidenceAction action) {
        MailIdentity mail = action.mail();
        StringBuilder line = new StringBuilder(200);
        if (!mail.queueId().isEmpty()) {
            line.append(token(mail.queueId())).append(' ');
        }
        line.append("-- ").append(token(mail.recipient()));
        line.append(" F=<").append(token(mail.sender())).append("> ");
        line.append(action.deed().word());
        action.by().ifPresent(by -> line.append(" BY=").append(token(by)));
        action.reason()
                .map(Reason::word)
                .ifPresent(reason -> line.append(" (").append(reason).append(')'));
        action.why().ifPresent(why -> line.append(": ").append(CleanText.of(why, LONGEST_SENTENCE)));
        return line.toString();
    }

    private static String symbol(RecordedOutcome outcome) {
        return switch (outcome) {
            case DELIVERED -> "=>";
            case DEFERRED -> "==";
            case REJECTED, WITHHELD -> "**";
            case ACCEPTED -> "<=";
            case REFUSED -> "<!";
        };
    }

    private static void rules(StringBuilder line, Judgement judgement) {
        String rules = judgement.rules().stream()
                .filter(rule -> !rule.required().equals("v1;nothing")
                        && !rule.required().equals("none"))
                .map(rule -> token(rule.name())
                        + rule.level().map(level -> ":" + token(level)).orElse(""))
                .distinct()
                .collect(Collectors.joining("+"));
        line.append(" R=").append(rules.isEmpty() ? "none" : rules);
        for (RecordedLowering lowering : judgement.lowerings()) {
            line.append(" L=").append(lowering.kind()).append(':').append(token(lowering.name()));
        }
    }

    private static void result(StringBuilder line, EvidenceRecord record) {
        Result result = record.result();
        if (record.type() == EvidenceType.ATTEMPT) {
            String verdicts = result.verdicts().stream().map(LogLine::token).collect(Collectors.joining("+"));
            line.append(" CV=").append(verdicts.isEmpty() ? "no" : verdicts);
        }
        result.reply().ifPresent(reply -> line.append(" C=\"")
                .append(CleanText.of(reply, LONGEST_REPLY).replace('"', '\''))
                .append('"'));
        // Never with a comma, which some locales put there.
        line.append(String.format(Locale.ROOT, " DT=%.1fs", result.duration().toMillis() / 1000.0));
    }

    private static void ending(StringBuilder line, Result result, Optional<String> sentence) {
        String word =
                switch (result.outcome()) {
                    case DELIVERED, ACCEPTED -> "";
                    case DEFERRED -> "defer";
                    case REJECTED, WITHHELD, REFUSED -> result.outcome().word();
                };
        if (word.isEmpty()) {
            return;
        }
        line.append(' ').append(word);
        result.reason()
                .map(Reason::word)
                .ifPresent(reason -> line.append(" (").append(reason).append(')'));
        sentence.ifPresent(text -> line.append(": ").append(CleanText.of(text, LONGEST_SENTENCE)));
    }

    /** One word, whatever it was. */
    private static String token(String text) {
        return CleanText.of(text, LONGEST_TOKEN).replaceAll("[\\s\"<>\\[\\]]", "_");
    }
}
