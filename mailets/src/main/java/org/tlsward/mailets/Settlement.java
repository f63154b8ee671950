/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.apache.mailet.MailetContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.delivery.Outcome;
import org.tlsward.james.RecipientNote;
import org.tlsward.james.RecipientNotes;
import org.tlsward.james.WaitingNote;
import org.tlsward.james.WardAttributes;
import org.tlsward.james.quarantine.ReleaseMark;
import org.tlsward.policy.ClassRule;
import org.tlsward.policy.Deadlines.Failure;
import org.tlsward.policy.Reason;
import org.tlsward.policy.RequirementText;
import org.tlsward.smtp.EnvelopeRecipient.Notify;

/**
 * Stores what follows from an attempt: copies back into the queue, or to the processors of {@code mailetcontainer.xml}. Only when all of
 * this is stored may the queued mail be acknowledged. Every copy has a name of its own, because repositories keep mails by name.
 */
final class Settlement {
    private static final Logger LOGGER = LoggerFactory.getLogger(Settlement.class);

    private final OutgoingQueue queue;
    private final MailetContext context;
    private final DeliveryParameters parameters;
    private final Clock clock;
    private final Supplier<Collection<ClassRule>> everyRule;

    /**
     * Makes one.
     *
     * @param everyRule all classes of the configuration of the moment, for mail of which nobody knows what it needs
     */
    Settlement(
            OutgoingQueue queue,
            MailetContext context,
            DeliveryParameters parameters,
            Clock clock,
            Supplier<Collection<ClassRule>> everyRule) {
        this.everyRule = everyRule;
        this.queue = queue;
        this.clock = clock;
        this.context = context;
        this.parameters = parameters;
    }

    /**
     * Stores the fates of recipients of a mail.
     *
     * @param part which of the groups of this mail they are: it makes names unique
     * @return those whose fate could not be stored
     */
    List<Settled> store(Mail mail, RetryState state, Collection<Settled> recipients, String part) {
        Map<String, List<Settled>> copies = new LinkedHashMap<>();
        recipients.forEach(each ->
                copies.computeIfAbsent(copyFor(each), key -> new ArrayList<>()).add(each));
        List<Settled> left = new ArrayList<>();
        int number = 0;
        for (List<Settled> copy : copies.values()) {
            try {
                store(mail, state, copy, "-" + part + number++);
            } catch (MessagingException | RuntimeException | LinkageError e) {
                LOGGER.error("what follows for {} of {} cannot be stored", addresses(copy), mail.getName(), e);
                // What was delivered is not delivered again because nobody can be told.
                left.addAll(copy.get(0).fate() == SettledFate.DELIVERED ? List.of() : copy);
            }
        }
        return left;
    }

    /** Recipients of one fate share a copy; withheld ones only if the reason is the same, so that an admin can route by it. */
    private static String copyFor(Settled each) {
        return each.fate() + " "
                + (each.fate() == SettledFate.WITHHELD
                        ? OutcomeRecords.reason(each).map(Reason::word).orElse("")
                        : each.failure().map(Failure::name).orElse(""));
    }

    private void store(Mail mail, RetryState state, List<Settled> copy, String suffix) throws MessagingException {
        switch (copy.get(0).fate()) {
            case DELIVERED -> {
                tellOfSuccess(mail, state, copy, suffix);
                if (parameters.onDeliveredProcessor().isPresent()) {
                    send(
                            mail,
                            state,
                            copy,
                            "-delivered" + suffix,
                            parameters.onDeliveredProcessor().get());
                }
            }
            case TRY_AGAIN -> tryAgain(mail, state, copy, suffix);
            case WITHHELD -> send(mail, state, copy, "-withheld" + suffix, parameters.withheldProcessor());
            case REJECTED -> send(mail, state, copy, "-rejected" + suffix, parameters.bounceProcessor());
        }
    }

    /** RFC 3461 §5.2.2: who asked for a notice of success gets it from us, if the next server will not send one. */
    private void tellOfSuccess(Mail mail, RetryState state, List<Settled> copy, String suffix)
            throws MessagingException {
        List<Settled> wanted = copy.stream()
                .filter(each -> each.outcome() instanceof Outcome.Delivered delivered && !delivered.dsnPassedOn())
                .filter(each ->
                        each.addressee().consignee().recipient().notifyOn().contains(Notify.SUCCESS))
                .toList();
        if (!wanted.isEmpty() && parameters.delayedProcessor().isPresent()) {
            send(
                    mail,
                    state,
                    wanted,
                    "-relayed" + suffix,
                    parameters.delayedProcessor().get());
        }
    }

    private void tryAgain(Mail mail, RetryState state, List<Settled> copy, String suffix) throws MessagingException {
        boolean warnNow = warn(mail, state, copy, suffix);
        RetryState next = state.afterFailure(copy.get(0).failure().orElse(Failure.OTHER), warnNow);
        queue(mail, next, addresses(copy), suffix, note(copy, next, 0), parameters.delayAfter(next.tries()));
    }

    /** Puts recipients back whom an operator holds: that counts as no attempt, but the sender is told in time. */
    void hold(Mail mail, RetryState state, List<Settled> some, String part) throws MessagingException {
        String suffix = "-held" + part;
        boolean warned = warn(mail, state, some, suffix) || state.warned();
        RetryState next = new RetryState(state.base(), state.start(), state.tries(), warned, state.earlier());
        queue(mail, next, addresses(some), suffix, note(some, next, 0), PutBack.HELD.pause(0));
    }

    /** Tells the sender once that his mail waits; true if that was now. */
    private boolean warn(Mail mail, RetryState state, List<Settled> some, String suffix) throws MessagingException {
        boolean warnNow = !state.warned()
                && parameters.delayedProcessor().isPresent()
                && some.stream().anyMatch(Settled::warn);
        if (warnNow) {
            send(
                    mail,
                    state,
                    some,
                    "-delayed" + suffix,
                    parameters.delayedProcessor().get());
        }
        return warnNow;
    }

    private WaitingNote note(List<Settled> some, RetryState next, int turns) {
        Settled first = some.get(0);
        RecipientNote about = OutcomeRecords.note(first);
        Instant now = clock.instant();
        return new WaitingNote(
                now,
                now,
                next.tries(),
                turns,
                RequirementText.format(about.required()),
                first.demand().classes().stream()
                        .map(ClassRule::name)
                        .distinct()
                        .toList(),
                about.host().map(host -> host + ": ").orElse("") + about.seen());
    }

    /** Puts recipients back as they are, for a while: nothing was tried. */
    void putBack(Mail mail, Collection<MailAddress> recipients, PutBack why) throws MessagingException {
        Instant now = clock.instant();
        WaitingNote known = WaitingNote.of(mail).orElseGet(() -> WaitingNote.first(now));
        queue(
                mail,
                RetryState.of(mail, now),
                recipients,
                "-" + why.word(),
                known.withTurns(known.turns() + 1),
                why.pause(known.turns()));
    }

    /** Puts the recipients back with whom something of ours went wrong before it was clear what they need; at the end they are withheld. */
    void afterError(Mail mail, String what) throws MessagingException {
        RetryState state = RetryState.of(mail, clock.instant());
        if (clock.instant().isBefore(state.start().plus(RetryState.LONGEST_WAIT))) {
            putBack(mail, mail.getRecipients(), PutBack.INNER_ERROR);
            return;
        }
        Collection<ClassRule> rules = everyRule.get();
        List<Settled> lost = mail.getRecipients().stream()
                .map(recipient -> Settled.withheldByError(mail, recipient, rules, what))
                .toList();
        send(mail, state, lost, "-withheld", parameters.withheldProcessor());
    }

    private void queue(
            Mail mail,
            RetryState state,
            Collection<MailAddress> recipients,
            String suffix,
            WaitingNote note,
            Duration pause)
            throws MessagingException {
        MailImpl copy = MailImpl.duplicate(mail);
        try {
            copy.setName(state.nameOfQueued(mail.getName(), suffix, recipients));
            copy.setRecipients(recipients);
            state.write(copy);
            note.write(copy);
            queue.put(copy, pause);
        } finally {
            LifecycleUtil.dispose(copy);
        }
    }

    private void send(Mail mail, RetryState state, List<Settled> some, String suffix, String processor)
            throws MessagingException {
        MailImpl copy = MailImpl.duplicate(mail);
        try {
            copy.setName(state.nameOfCopy(mail.getName(), suffix));
            copy.setRecipients(addresses(some));
            RetryState.clear(copy);
            WaitingNote.clear(copy);
            ReleaseMark.clear(copy); // one release, one delivery: whatever this copy is for
            List<RecipientNote> notes = some.stream().map(OutcomeRecords::note).toList();
            RecipientNotes.set(copy, notes);
            copy.setErrorMessage(notes.get(0).status() + " " + notes.get(0).seen());
            Optional<Reason> reason = OutcomeRecords.reason(some.get(0));
            if (some.get(0).fate() == SettledFate.WITHHELD && reason.isPresent()) {
                setReason(copy, reason.get(), OutcomeRecords.sentence(some.get(0)));
            }
            context.sendMail(copy, processor);
        } finally {
            LifecycleUtil.dispose(copy);
        }
    }

    private static void setReason(Mail copy, Reason reason, String sentence) {
        copy.setAttribute(new Attribute(WardAttributes.WITHHELD_REASON, AttributeValue.of(reason.word())));
        copy.setAttribute(new Attribute(WardAttributes.WITHHELD_EXPLANATION, AttributeValue.of(sentence)));
    }

    private static List<MailAddress> addresses(List<Settled> some) {
        return some.stream().map(each -> each.addressee().address()).toList();
    }
}
