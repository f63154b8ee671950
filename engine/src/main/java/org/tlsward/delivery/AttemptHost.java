/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tlsward.delivery.SendTransaction.Sent;
import org.tlsward.policy.TlsAttempt;
import org.tlsward.smtp.Answer;
import org.tlsward.smtp.ContentBytes;
import org.tlsward.smtp.Failure;
import org.tlsward.smtp.MessageSource;
import org.tlsward.smtp.SmtpConnection;
import org.tlsward.smtp.Step;

/**
 * One shipment, one address of one host: a connection that waits in the pool, or a new one; the policy's word; the transaction. Used
 * once.
 */
final class AttemptHost {
    private final Workshop shop;
    private final Shipment shipment;
    private final HostCase hostCase;
    private final IdentityHashMap<Consignee, Tally> tallies;
    private final List<HostAttempt> attempts;
    private final Instant start;

    /**
     * What all attempts have in common.
     *
     * @param recipients in one transaction
     */
    record Workshop(VerifyPeer verifyPeer, ConnectionPool pool, HostMemory memory, Clock clock, int recipients) {}

    AttemptHost(
            Workshop shop,
            Shipment shipment,
            HostCase hostCase,
            IdentityHashMap<Consignee, Tally> tallies,
            List<HostAttempt> attempts) {
        this.shop = shop;
        this.shipment = shipment;
        this.hostCase = hostCase;
        this.tallies = tallies;
        this.attempts = attempts;
        this.start = shop.clock().instant();
    }

    void run() {
        Judgement before = Judgement.of(hostCase, new TlsAttempt.NotYet());
        List<Consignee> left = pending();
        if (before.proceeds()) {
            left = overPooledConnection(before, left);
        }
        if (!left.isEmpty()) {
            overNewConnection(left);
        }
    }

    private List<Consignee> pending() {
        return shipment.consignees().stream()
                .filter(each -> !tallies.get(each).isSettled())
                .toList();
    }

    /** Whom the pooled connection has failed without having taken the message, which happens when a server tires of waiting. */
    private List<Consignee> overPooledConnection(Judgement before, List<Consignee> consignees) {
        Optional<Session> taken = shop.pool().take(key(before));
        if (taken.isEmpty()) {
            return consignees;
        }
        Session session = taken.get();
        SmtpConnection connection = session.connection();
        TlsAttempt tls = connection.peer().isPresent() ? hostCase.established(connection) : session.cleartext();
        Judgement judgement = Judgement.of(hostCase, tls);
        if (!judgement.proceeds()) {
            connection.quit(); // what the destination publishes, or a certificate's end, came in between
            return consignees;
        }
        List<Sent> all = send(session, consignees);
        List<Sent> repeatable =
                all.stream().filter(each -> Answers.isRepeatable(each.answer())).toList();
        List<Sent> done = new ArrayList<>(all);
        done.removeAll(repeatable);
        note(session, tls, judgement, done);
        for (Sent each : repeatable) {
            Answers.noteRepeated(tallies.get(each.consignee()), each, circumstances(session, judgement, each));
        }
        shop.pool().release(session);
        return repeatable.stream().map(Sent::consignee).toList();
    }

    private void overNewConnection(List<Consignee> consignees) {
        shop.pool().makeRoom(hostCase.destination().name());
        Verified verified = shop.verifyPeer().verify(hostCase);
        remember(verified);
        if (verified instanceof Verified.Ready ready) {
            Session session = new Session(
                    key(ready.judgement()),
                    ready.connection(),
                    ready.tls(),
                    shop.clock().instant());
            note(session, ready.tls(), ready.judgement(), send(session, consignees));
            shop.pool().release(session);
        } else if (verified instanceof Verified.Refused refused) {
            refuse(refused, consignees);
        } else if (verified instanceof Verified.Broken broken) {
            Circumstances at =
                    circumstances(Optional.empty(), hostCase.known(Optional.empty()), false, ContentBytes.NONE);
            consignees.forEach(each -> tallies.get(each)
                    .unjudged(Answers.unjudged(
                            broken.failure(), at.with(broken.judgement().decision(each.demand())))));
            attempts.add(new HostAttempt(
                    at.with(broken.judgement().first()),
                    broken.tls(),
                    Optional.of(broken.failure()),
                    broken.failure().explanation()));
        }
    }

    private PoolKey key(Judgement judgement) {
        return new PoolKey(
                hostCase.destination(),
                hostCase.server(),
                hostCase.group(),
                judgement.required(),
                hostCase.published().key());
    }

    private List<Sent> send(Session session, List<Consignee> consignees) {
        SmtpConnection connection = session.connection();
        Circumstances at = circumstances(
                Optional.of(connection), hostCase.known(connection.peer()), session.isReused(), ContentBytes.NONE);
        MessageSource.Carriage carriage = new MessageSource.Carriage(
                shipment.destination().domain(),
                hostCase.server().displayName(),
                connection.peer(),
                PeerVerdicts.of(at));
        return new SendTransaction(shipment.over(carriage), connection, consignees, shop.recipients()).run();
    }

    private void refuse(Verified.Refused refused, List<Consignee> consignees) {
        Circumstances at = new Circumstances(
                Optional.of(hostCase.server()),
                Optional.of(hostCase.known(refused.seen())),
                refused.local(),
                refused.seen(),
                Optional.of(refused.judgement().first()),
                false,
                duration(),
                ContentBytes.NONE);
        for (Consignee each : consignees) {
            refused.judgement().refusal(each.demand()).ifPresent(refusal -> tallies.get(each)
                    .refused(new Outcome.Unmet(refusal, refused.reply(), at.with(refusal))));
        }
        String note = refused.judgement()
                .refusal(consignees.get(0).demand())
                .map(refusal ->
                        refusal.reason().word() + ": " + refusal.unmet().get(0).seen())
                .orElse("refused");
        attempts.add(new HostAttempt(at, refused.tls(), Optional.empty(), note));
    }

    private void note(Session session, TlsAttempt tls, Judgement judgement, List<Sent> all) {
        if (all.isEmpty()) {
            return;
        }
        boolean reused = session.isReused();
        HostFacts known = hostCase.known(session.connection().peer());
        // Recipients of one transaction share its count.
        Set<ContentBytes> transactions = Collections.newSetFromMap(new IdentityHashMap<>());
        all.forEach(each -> transactions.add(each.bytes()));
        ContentBytes sum = transactions.stream().reduce(ContentBytes.NONE, ContentBytes::plus);
        for (Sent sent : all) {
            Answers.note(tallies.get(sent.consignee()), sent, circumstances(session, judgement, sent));
        }
        long accepted = all.stream()
                .filter(each -> each.answer() instanceof Answer.Accepted)
                .count();
        attempts.add(new HostAttempt(
                circumstances(Optional.of(session.connection()), known, reused, sum)
                        .with(judgement.first()),
                tls,
                failure(all),
                accepted + " of " + all.size() + " recipients accepted"));
    }

    private Circumstances circumstances(Session session, Judgement judgement, Sent sent) {
        SmtpConnection connection = session.connection();
        return circumstances(
                        Optional.of(connection), hostCase.known(connection.peer()), session.isReused(), sent.bytes())
                .with(judgement.decision(sent.consignee().demand()));
    }

    private static Optional<Failure> failure(List<Sent> all) {
        return all.stream()
                .filter(each -> each.answer() instanceof Answer.Unanswered)
                .map(each -> ((Answer.Unanswered) each.answer()).failure())
                .findFirst();
    }

    /** Only what happened before the EHLO tells of the host; the rest tells of the mail. */
    private void remember(Verified verified) {
        if (verified instanceof Verified.Broken broken
                && broken.failure().step().compareTo(Step.EHLO) < 0) {
            shop.memory()
                    .failed(
                            hostCase.server().address(),
                            hostCase.destination().domain(),
                            broken.failure().explanation());
        } else if (verified instanceof Verified.Ready || !(verified.tls() instanceof TlsAttempt.NotYet)) {
            shop.memory().answered(hostCase.server().address());
        }
    }

    private Circumstances circumstances(
            Optional<SmtpConnection> connection, HostFacts known, boolean reused, ContentBytes bytes) {
        return new Circumstances(
                Optional.of(hostCase.server()),
                Optional.of(known),
                connection.map(SmtpConnection::localAddress),
                connection.flatMap(SmtpConnection::peer),
                Optional.empty(),
                reused,
                duration(),
                bytes);
    }

    private Duration duration() {
        return Duration.between(start, shop.clock().instant());
    }
}
