/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.delivery;

import java.util.Optional;
import org.tlsward.delivery.Outcome.Deferred;
import org.tlsward.delivery.Outcome.Delivered;
import org.tlsward.delivery.Outcome.Rejected;
import org.tlsward.policy.Deadlines;
import org.tlsward.smtp.Answer;
import org.tlsward.smtp.Failure;
import org.tlsward.smtp.Reply;
import org.tlsward.smtp.Step;

/** From what a server said, or did not say, to outcomes. */
final class Answers {
    private static final int LOCAL_REJECTION = 554;

    private Answers() {}

    /** Notes what an answer means for its recipient: settled, or to be tried at the next host. */
    static void note(Tally tally, SendTransaction.Sent sent, Circumstances at) {
        Answer answer = sent.answer();
        if (answer instanceof Answer.Accepted accepted) {
            tally.settle(new Delivered(accepted.answer(), sent.dsnPassedOn(), at));
        } else if (answer instanceof Answer.RefusedHere here) {
            tally.settle(
                    new Rejected(here.code().toString(), LOCAL_REJECTION, here.explanation(), Optional.empty(), at));
        } else if (answer instanceof Answer.Refused refused) {
            noteRefusal(tally, refused, at);
        } else if (answer instanceof Answer.Unanswered unanswered) {
            Deferred deferred = later(unanswered, at);
            // The next host may have got it from this one, and our own store is the same for every host.
            if (unanswered.uncertain() || unanswered.failure() instanceof Failure.SourceFailed) {
                tally.settle(deferred);
            } else {
                tally.deferredByGoodHost(deferred);
            }
        }
    }

    private static void noteRefusal(Tally tally, Answer.Refused refused, Circumstances at) {
        Reply reply = refused.answer();
        if (refused.isPermanent()) {
            String status = reply.enhancedCode().map(Object::toString).orElse("5.0.0");
            tally.settle(new Rejected(status, reply.code(), explanation(refused), Optional.of(reply), at));
        } else {
            tally.deferredByGoodHost(later(refused, at));
        }
    }

    /** Notes an answer that {@link #isRepeatable}: the same is sent again over another connection, and that one decides. */
    static void noteRepeated(Tally tally, SendTransaction.Sent sent, Circumstances at) {
        if (sent.answer() instanceof Answer.Refused refused) {
            tally.passedOver(later(refused, at));
        } else if (sent.answer() instanceof Answer.Unanswered unanswered) {
            tally.passedOver(later(unanswered, at));
        }
    }

    private static Deferred later(Answer.Refused refused, Circumstances at) {
        Reply reply = refused.answer();
        return new Deferred(
                temporary(reply), explanation(refused), Optional.of(reply), Deadlines.Failure.OTHER, false, at);
    }

    private static Deferred later(Answer.Unanswered unanswered, Circumstances at) {
        return new Deferred(
                status(unanswered.failure()),
                unanswered.failure().explanation(),
                unanswered.reply(),
                Deadlines.Failure.OTHER,
                unanswered.uncertain(),
                at);
    }

    private static String explanation(Answer.Refused refused) {
        return "refused at " + refused.step() + ": " + refused.answer();
    }

    /** A host that could not be judged. */
    static Deferred unjudged(Failure failure, Circumstances at) {
        boolean answered = failure.reply().isPresent() || failure.step().compareTo(Step.GREETING) > 0;
        return new Deferred(
                status(failure),
                failure.explanation(),
                failure.reply(),
                answered ? Deadlines.Failure.OTHER : Deadlines.Failure.UNREACHED,
                false,
                at);
    }

    static Deferred unreached(String status, String explanation, Circumstances at) {
        return new Deferred(status, explanation, Optional.empty(), Deadlines.Failure.UNREACHED, false, at);
    }

    /** RFC 3463 §3.4, §3.5. */
    private static String status(Failure failure) {
        if (failure instanceof Failure.Unreachable) {
            return "4.4.1";
        }
        if (failure instanceof Failure.TimedOut || failure instanceof Failure.Lost) {
            return "4.4.2";
        }
        if (failure instanceof Failure.SourceFailed) {
            return "4.3.0";
        }
        return failure.reply().map(Answers::temporary).orElse("4.5.0");
    }

    /** The code of the server, in its temporary form: we are not done yet. */
    private static String temporary(Reply reply) {
        return reply.enhancedCode()
                .map(code -> "4." + code.subject() + "." + code.detail())
                .orElse("4.0.0");
    }

    /** True if the same may be sent again at once over another connection. */
    static boolean isRepeatable(Answer answer) {
        boolean closing =
                answer instanceof Answer.Refused refused && refused.answer().isClosing();
        boolean lost = answer instanceof Answer.Unanswered unanswered
                && !unanswered.uncertain()
                && !(unanswered.failure() instanceof Failure.SourceFailed);
        return closing || lost;
    }
}
