/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeUtils;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;

/**
 * Since when the stop of the whole server holds a queued mail, as its attribute {@code tlsward.stopped}. That time does not count: nothing is
 * bounced or withheld because nobody was allowed to try.
 */
final class StoppedTime {
    private static final AttributeName NAME = AttributeName.of("tlsward.stopped");

    private StoppedTime() {}

    /** The mail is held from now on, if it was not before. */
    static void begin(Mail mail, Instant now) {
        if (since(mail).isEmpty()) {
            mail.setAttribute(new Attribute(NAME, AttributeValue.of(now.toString())));
        }
    }

    /** The mail may go on: its time begins later by as long as it was held. */
    static void end(Mail mail, Instant now) {
        Duration held = since(mail).map(since -> Duration.between(since, now)).orElse(Duration.ZERO);
        mail.removeAttribute(NAME);
        if (!held.isNegative() && !held.isZero()) {
            RetryState state = RetryState.of(mail, now);
            new RetryState(state.base(), state.start().plus(held), state.tries(), state.warned(), state.earlier())
                    .write(mail);
        }
    }

    private static Optional<Instant> since(Mail mail) {
        return AttributeUtils.getValueAndCastFromMail(mail, NAME, String.class).flatMap(StoppedTime::parse);
    }

    private static Optional<Instant> parse(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
