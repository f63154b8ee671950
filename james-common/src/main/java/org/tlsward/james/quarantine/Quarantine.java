/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james.quarantine;

import com.google.inject.Inject;
import com.google.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.config.QuarantineSettings;
import org.tlsward.evidence.Deed;
import org.tlsward.evidence.EvidenceAction;
import org.tlsward.evidence.EvidenceUnavailableException;
import org.tlsward.evidence.MailIdentity;
import org.tlsward.james.Ward;
import org.tlsward.james.WardEvidence;
import org.tlsward.james.quarantine.KeptMail.HeaderField;
import org.tlsward.james.quarantine.Shelves.Place;
import org.tlsward.james.quarantine.Shelves.Step;
import org.tlsward.policy.Reason;
import org.tlsward.policy.TlsLevel;

/**
 * The quarantine of this server: everything on its {@linkplain Shelf shelves}, and what an operator can do about it.
 *
 * <p>What is done is written to the evidence before it is done; if that fails nothing is done. A mail that goes away is stored where it goes
 * before it is taken from its shelf. Operators of one server take turns. Servers that share a repository do not, as James' repositories know no
 * transaction: if two release the same mail in the same instant it goes out twice, as it does after a crash between the two steps.
 */
@Singleton
public class Quarantine {
    private static final Logger LOGGER = LoggerFactory.getLogger(Quarantine.class);

    private static final int LONGEST_WHY = 500;

    private final Surroundings around;
    private final Seal seal;
    private final Shelves shelves;

    /**
     * What it takes from the server.
     *
     * @param settings of this moment
     * @param evidence throws {@link EvidenceUnavailableException} if it cannot be written
     */
    public record Surroundings(
            Supplier<QuarantineSettings> settings, Consumer<List<EvidenceAction>> evidence, Clock clock) {}

    /** What became of a wish to release a mail under a lower requirement. */
    public enum Wish {
        /** Another person has to confirm it. */
        PENDING,
        /** The mail is on its way. */
        RELEASED
    }

    /** Guice calls this. */
    @Inject
    public Quarantine(Ward ward, WardEvidence evidence) {
        this(new Surroundings(() -> ward.current().configuration().quarantine(), evidence::record, Clock.systemUTC()));
    }

    /** One with other surroundings, for tests. */
    public Quarantine(Surroundings around) {
        this.around = around;
        this.seal = new Seal(() -> around.settings().get().key());
        this.shelves = new Shelves(() -> around.settings().get().keep(), seal, around.clock());
    }

    /** A mailet keeps mail on that shelf from now on. */
    public void add(Shelf shelf) {
        shelves.add(shelf);
    }

    /** The mailet is gone. */
    public void remove(Shelf shelf) {
        shelves.remove(shelf);
    }

    /** True if a release that lowers the requirement needs a second person. */
    public boolean fourEyes() {
        return around.settings().get().fourEyes();
    }

    /**
     * Looks whether mail can be kept as it has to be.
     *
     * @throws MessagingException if it is to be sealed and there is no key
     */
    public void checkKey() throws MessagingException {
        seal.keys();
    }

    /** True if a mail is as it lies on a shelf and nobody has opened it: it is not fit to be delivered. */
    public static boolean isSealed(Mail mail) {
        return SealedMail.isSealed(mail);
    }

    /** Puts a mail on a shelf. What an earlier release allowed is forgotten. */
    public void keep(Shelf shelf, Mail mail) throws MessagingException {
        if (SealedMail.isSealed(mail)) {
            shelf.put(mail); // somebody sent it through James by another way than ours
            return;
        }
        ReleaseMark.clear(mail);
        PendingOverride.clear(mail);
        KeptNote.of(mail, around.clock().instant()).write(mail);
        shelf.put(seal.close(mail));
        try {
            around.evidence().accept(actions(mail, Deed.QUARANTINED, Optional.empty(), Optional.empty()));
        } catch (EvidenceUnavailableException e) {
            // The attempt is in the evidence already, and a mail that lies here does no harm.
            LOGGER.error("{} is kept, but the evidence does not say so", mail.getName(), e);
        }
    }

    /**
     * What is kept, the latest first.
     *
     * @param destination a recipient domain; empty for all
     * @param reason a stable word; empty for all
     * @param most how many
     */
    public List<KeptMail> list(Optional<String> destination, Optional<String> reason, int most) throws IOException {
        return shelves.list(destination, reason, most);
    }

    /**
     * One mail.
     *
     * @throws NoSuchElementException if it is not there (any more)
     */
    public KeptMail find(String id) throws IOException {
        return with(id, shelves::seen);
    }

    /** The fields of its header, in their order. */
    public List<HeaderField> headers(String id) throws IOException {
        return with(id, place -> Collections.list(place.mail().getMessage().getAllHeaders()).stream()
                .map(field -> new HeaderField(field.getName(), String.valueOf(field.getValue())))
                .toList());
    }

    /** Sends a mail back to delivery under the same requirement; its time begins anew. */
    public synchronized void release(String id, String by) throws IOException {
        with(id, place -> {
            PendingOverride.clear(place.mail());
            record(place.mail(), Deed.RELEASED, by, Optional.empty());
            return relay(place);
        });
    }

    /**
     * What became of the mail that was to be released together.
     *
     * @param released are on their way
     * @param failed could not be released; the log says why
     */
    public record Released(int released, int failed) {}

    /** Releases all mail for a recipient domain. What goes wrong with one does not keep the others. */
    public Released releaseAll(String destination, String by) throws IOException {
        int released = 0;
        int failed = 0;
        for (KeptMail mail : list(Optional.of(destination), Optional.empty(), Shelves.MOST_LOOKED_AT)) {
            try {
                release(mail.id(), by);
                released++;
            } catch (NoSuchElementException e) {
                LOGGER.info("{} was released or returned by somebody else", mail.id());
            } catch (IOException | RuntimeException e) {
                failed++;
                LOGGER.error("{} cannot be released", mail.id(), e);
            }
        }
        return new Released(released, failed);
    }

    /**
     * Wants a mail to travel under a lower requirement. Without four eyes it goes at once.
     *
     * @param why in the words of whoever wants it
     * @param level one of {@link ReleaseMark#LEVELS}
     * @throws IllegalArgumentException if it makes no sense
     */
    public synchronized Wish override(String id, String by, String why, TlsLevel level) throws IOException {
        if (why.isBlank() || why.length() > LONGEST_WHY) {
            throw new IllegalArgumentException(
                    "unsupported why (expected: the reason, in at most " + LONGEST_WHY + " characters)");
        }
        PendingOverride wish = new PendingOverride(by, around.clock().instant(), why, level);
        return with(id, place -> {
            if (!fourEyes()) {
                record(place.mail(), Deed.OVERRIDE_CONFIRMED, by, Optional.of(inWords(wish)));
                return go(place, wish, by);
            }
            refuseSecondWish(place.mail(), by);
            record(place.mail(), Deed.OVERRIDE_REQUESTED, by, Optional.of(inWords(wish)));
            wish.write(place.mail());
            place.shelf().rewrite(seal.close(place.mail()));
            return Wish.PENDING;
        });
    }

    private void refuseSecondWish(Mail mail, String by) {
        PendingOverride.read(mail, around.clock().instant())
                .filter(pending -> !pending.by().equalsIgnoreCase(by))
                .ifPresent(pending -> {
                    throw new IllegalArgumentException(
                            pending.by() + " has asked for this already (expected: confirm or withdraw)");
                });
    }

    private static String inWords(PendingOverride wish) {
        return "lowered to " + wish.level().word() + ": " + wish.why();
    }

    /**
     * Agrees with what another one wants: the mail goes.
     *
     * @param seen since when the wish is pending that was agreed with: nobody agrees with what came after it
     * @throws NotAllowedException if it is the same person
     */
    public synchronized void confirm(String id, String by, Instant seen) throws IOException {
        with(id, place -> {
            PendingOverride wish = pending(place);
            if (wish.by().equalsIgnoreCase(by)) {
                throw new NotAllowedException(
                        "who asked cannot confirm (expected: a token of another name than \"" + by + "\")");
            }
            if (!seen.equals(wish.at())) {
                throw new IllegalArgumentException("this is not any more what was asked for; look at it again");
            }
            record(place.mail(), Deed.OVERRIDE_CONFIRMED, by, Optional.of(inWords(wish) + " (" + wish.by() + ")"));
            return go(place, wish, wish.by() + ", confirmed by " + by);
        });
    }

    /** Takes a wish back, or refuses it: the mail stays. */
    public synchronized void withdraw(String id, String by) throws IOException {
        with(id, place -> {
            PendingOverride wish = pending(place);
            record(place.mail(), Deed.OVERRIDE_WITHDRAWN, by, Optional.of("asked for by " + wish.by()));
            PendingOverride.clear(place.mail());
            place.shelf().rewrite(seal.close(place.mail()));
            return Wish.PENDING;
        });
    }

    private PendingOverride pending(Place place) {
        return PendingOverride.read(place.mail(), around.clock().instant())
                .orElseThrow(() -> new NoSuchElementException("nobody wants to release this mail (any more)"));
    }

    /**
     * Sends a mail back to its sender.
     *
     * @return false if nobody could or would be told
     */
    public synchronized boolean bounce(String id, String by) throws IOException {
        return with(id, place -> {
            record(place.mail(), Deed.BOUNCED, by, Optional.empty());
            return giveBack(place);
        });
    }

    /**
     * Sends back what has lain too long. What goes wrong with one does not keep the others.
     *
     * @param returned is told each mail that went, as it was
     * @throws IOException in the end, if something went wrong with one
     */
    synchronized void expire(Consumer<KeptMail> returned) throws IOException {
        Instant now = around.clock().instant();
        List<Exception> failures = new ArrayList<>();
        for (KeptMail mail : list(Optional.empty(), Optional.empty(), Shelves.MOST_LOOKED_AT)) {
            if (mail.expires().filter(end -> !now.isBefore(end)).isPresent()) {
                try {
                    with(mail.id(), this::giveBackExpired);
                    returned.accept(mail);
                } catch (NoSuchElementException e) {
                    LOGGER.info("{} was released or returned by somebody else", mail.id());
                } catch (IOException | RuntimeException e) {
                    LOGGER.error("{} has lain too long and cannot be sent back", mail.id(), e);
                    failures.add(e);
                }
            }
        }
        if (!failures.isEmpty()) {
            Exception first = failures.get(0);
            throw new IOException(failures.size() + " mails; one: " + first.getMessage(), first);
        }
    }

    private boolean giveBackExpired(Place place) throws MessagingException {
        around.evidence().accept(actions(place.mail(), Deed.EXPIRED, Optional.empty(), Optional.empty()));
        return giveBack(place);
    }

    QuarantineSettings settings() {
        return around.settings().get();
    }

    List<Shelf> shelves() {
        return shelves.all();
    }

    Seal seal() {
        return seal;
    }

    private Wish go(Place place, PendingOverride wish, String by) throws MessagingException {
        ReleaseMark.write(place.mail(), by, wish);
        PendingOverride.clear(place.mail());
        return relay(place);
    }

    private static Wish relay(Place place) throws MessagingException {
        KeptNote.clear(place.mail());
        place.shelf().courier().relay(place.mail());
        takeAway(place);
        return Wish.RELEASED;
    }

    private static boolean giveBack(Place place) throws MessagingException {
        boolean told = place.shelf().courier().tellSender(place.mail(), KeptMails.notes(place.mail()));
        takeAway(place);
        return told;
    }

    private static void takeAway(Place place) throws MessagingException {
        try {
            place.shelf().remove(place.key());
        } catch (MessagingException | RuntimeException e) {
            throw new MessagingException(
                    "it is on its way, but a copy is left in " + place.shelf().repository() + ": do not do it again",
                    e);
        }
    }

    private void record(Mail mail, Deed deed, String by, Optional<String> why) {
        around.evidence().accept(actions(mail, deed, Optional.of(by), why));
    }

    private List<EvidenceAction> actions(Mail mail, Deed deed, Optional<String> by, Optional<String> why) {
        Instant now = around.clock().instant();
        Optional<Reason> reason = Reason.of(KeptMails.why(mail).word());
        Optional<String> messageId = KeptNote.messageId(mail);
        String sender =
                mail.getMaybeSender().asOptional().map(MailAddress::asString).orElse("");
        return mail.getRecipients().stream()
                .map(recipient -> new EvidenceAction(
                        now,
                        deed,
                        new MailIdentity(mail.getName(), messageId, sender, recipient.asString()),
                        by,
                        reason,
                        why))
                .toList();
    }

    private <T> T with(String id, Step<T> step) throws IOException {
        try {
            return shelves.with(id, step);
        } catch (EvidenceUnavailableException e) {
            throw new IOException("nothing was done, because the evidence cannot be written: " + e.getMessage(), e);
        }
    }
}
