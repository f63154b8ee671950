/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeUtils;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.tlsward.policy.Deadlines.Failure;

/**
 * How far a queued mail has come, as its attribute {@code tlsward.retry}.
 *
 * @param base the name of the mail when it was queued; those of its copies begin with it
 * @param start when its time began: its arrival here, or its last release from quarantine
 * @param tries how many attempts have failed
 * @param warned true if the sender knows that it waits
 * @param earlier how the last attempt failed that reached a host, if one did
 */
record RetryState(String base, Instant start, int tries, boolean warned, Optional<Failure> earlier) {
    private static final AttributeName NAME = AttributeName.of("tlsward.retry");
    private static final String VERSION = "v1";
    private static final int WORDS = 6;
    private static final int HASH = 12;

    /** James' file repository doubles the length of a name and adds to it; a file system ends at 255. */
    private static final int LONGEST = 64;

    /** After that time a mail is given up whatever its class: as mail servers have it (RFC 5321 §4.5.4.1). */
    static final Duration LONGEST_WAIT = Duration.ofDays(5);

    /** A mail that enters the queue. */
    static RetryState first(String name, Instant now) {
        return new RetryState(name, now, 0, false, Optional.empty());
    }

    /** The state of a queued mail. One that lost it begins anew: it is tried longer, never given up too early. */
    static RetryState of(Mail mail, Instant now) {
        return AttributeUtils.getValueAndCastFromMail(mail, NAME, String.class)
                .flatMap(RetryState::parse)
                .orElseGet(() -> first(baseOf(mail.getName()), now));
    }

    private static Optional<RetryState> parse(String text) {
        String[] words = text.split(" ", WORDS);
        if (words.length != WORDS || !words[0].equals(VERSION)) {
            return Optional.empty();
        }
        try {
            Optional<Failure> earlier =
                    words[4].equals("-") ? Optional.empty() : Optional.of(Failure.valueOf(words[4]));
            return Optional.of(new RetryState(
                    words[5],
                    Instant.parse(words[1]),
                    Integer.parseInt(words[2]),
                    Boolean.parseBoolean(words[3]),
                    earlier));
        } catch (DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The state after another attempt that failed. */
    RetryState afterFailure(Failure failure, boolean nowWarned) {
        Optional<Failure> reached = failure == Failure.UNREACHED ? earlier : Optional.of(failure);
        return new RetryState(base, start, tries + 1, warned || nowWarned, reached);
    }

    /**
     * A name for a copy of a queued mail: one that no other copy has, and the same one if a crash makes the attempt be repeated. Copies of
     * copies have names of the same length: repositories make file names of them.
     *
     * @param of the name of the queued mail
     * @param suffix what distinguishes the copies of that mail
     */
    String nameOfCopy(String of, String suffix) {
        String path = Hashing.sha256()
                .hashString(of + " " + tries + suffix, StandardCharsets.UTF_8)
                .toString();
        return base + "-" + tries + suffix + "-" + path.substring(0, HASH);
    }

    /**
     * A name for a copy that goes back into a queue: one that no copy for other recipients has, even if a mail was queued twice under one
     * name. What replaces or removes a queued mail knows it by its name.
     */
    String nameOfQueued(String of, String suffix, Collection<MailAddress> recipients) {
        String all = recipients.stream().map(MailAddress::asString).sorted().collect(Collectors.joining(" "));
        return nameOfCopy(of + " " + all, suffix);
    }

    /** The name of a mail as the beginning of the names of its copies; a long one, of a mail that was released or split often, is cut. */
    static String baseOf(String name) {
        if (name.length() <= LONGEST) {
            return name;
        }
        String hash = Hashing.sha256().hashString(name, StandardCharsets.UTF_8).toString();
        return name.substring(0, LONGEST - HASH - 1) + "-" + hash.substring(0, HASH);
    }

    void write(Mail mail) {
        String text = String.join(
                " ",
                VERSION,
                start.toString(),
                Integer.toString(tries),
                Boolean.toString(warned),
                earlier.map(Failure::name).orElse("-"),
                base);
        mail.setAttribute(new Attribute(NAME, AttributeValue.of(text)));
    }

    /** Forgets everything: the mail enters the queue anew. */
    static void clear(Mail mail) {
        mail.removeAttribute(NAME);
    }
}
