/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.delivery;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.tlsward.smtp.Answer;
import org.tlsward.smtp.ContentBytes;
import org.tlsward.smtp.Failure;
import org.tlsward.smtp.SmtpConnection;
import org.tlsward.smtp.SmtpException;
import org.tlsward.smtp.TransactionResult;
import org.tlsward.smtp.TransactionResult.RecipientAnswer;

/** Sends a message to recipients over a connection that the policy has let pass, in as many transactions as it takes. */
final class SendTransaction {
    private final Shipment shipment;
    private final SmtpConnection connection;
    private final List<Sent> sent = new ArrayList<>();
    private final IdentityHashMap<Consignee, ContentBytes> named = new IdentityHashMap<>();
    private List<Consignee> waiting;
    private int limit;

    /**
     * An answer and the transaction it belongs to.
     *
     * @param dsnPassedOn the server knows DSN
     * @param bytes of the transaction
     */
    record Sent(Consignee consignee, Answer answer, boolean dsnPassedOn, ContentBytes bytes) {}

    SendTransaction(Shipment shipment, SmtpConnection connection, List<Consignee> consignees, int limit) {
        this.shipment = shipment;
        this.connection = connection;
        this.waiting = consignees;
        this.limit =
                (int) Math.min(limit, connection.extensions().mostRecipients().orElse(limit));
    }

    /** One entry for each consignee, in any order. */
    List<Sent> run() {
        while (!waiting.isEmpty()) {
            List<Consignee> now = waiting.subList(0, Math.min(limit, waiting.size()));
            waiting = waiting.subList(now.size(), waiting.size());
            try {
                connection.makeReady();
                TransactionResult result = connection.send(shipment.envelope(now), shipment.message());
                record(now, result);
                if (result.failure().isPresent()) {
                    giveUp(result.failure().get());
                }
            } catch (SmtpException e) {
                waiting = join(now, waiting);
                giveUp(e.failure());
            }
        }
        return sent;
    }

    private void record(List<Consignee> now, TransactionResult result) {
        List<Consignee> tooMany = new ArrayList<>();
        List<RecipientAnswer> answers = result.recipients();
        boolean someTaken = answers.stream().anyMatch(each -> each.answer() instanceof Answer.Accepted);
        for (int i = 0; i < now.size(); i++) {
            Answer answer = answers.get(i).answer();
            // RFC 5321 §4.5.3.1.10: the rest goes in another transaction.
            if (someTaken && answer instanceof Answer.Refused refused && refused.tooManyRecipients()) {
                tooMany.add(now.get(i));
                named.put(now.get(i), result.bytes());
            } else {
                sent.add(new Sent(now.get(i), answer, result.dsnPassedOn(), result.bytes()));
            }
        }
        if (!tooMany.isEmpty()) {
            limit = Math.max(1, now.size() - tooMany.size());
            waiting = join(tooMany, waiting);
        }
    }

    private void giveUp(Failure failure) {
        for (Consignee each : waiting) {
            // Who was one too many was named to the server already.
            ContentBytes bytes = named.getOrDefault(each, ContentBytes.NONE);
            sent.add(new Sent(each, new Answer.Unanswered(failure, false), false, bytes));
        }
        waiting = List.of();
    }

    private static List<Consignee> join(List<Consignee> first, List<Consignee> second) {
        List<Consignee> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
