/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james.quarantine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.internet.InternetAddress;
import javax.mail.internet.MimeMessage;
import org.tlsward.config.QuarantineSettings;
import org.tlsward.explain.Language;
import org.tlsward.explain.QuarantineDigest;
import org.tlsward.explain.QuarantineDigest.Counts;
import org.tlsward.explain.QuarantineDigest.Line;
import org.tlsward.files.PrivateFile;
import org.tlsward.policy.Requirement;

/**
 * Sends the list of withheld mail once a day, if there is any. It names senders and recipients, so it travels under everything that is
 * required of the mail in it; where it may not, one without names goes instead.
 */
final class DailyDigest {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

    private final Quarantine quarantine;
    private final Path memory;
    private final Clock clock;
    private int expired;

    /**
     * A digest.
     *
     * @param memory file with the day of the last one
     */
    DailyDigest(Quarantine quarantine, Path memory, Clock clock) {
        this.quarantine = quarantine;
        this.memory = memory;
        this.clock = clock;
    }

    /** This one went back to its sender; the next list tells how many. */
    void expired(KeptMail unused) {
        expired++;
    }

    /** Sends it if its time has come since the last one. */
    void sendIfDue() throws IOException {
        QuarantineSettings settings = quarantine.settings();
        Optional<LocalTime> time = settings.digest();
        if (time.isEmpty()) {
            return;
        }
        LocalDateTime now = LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
        LocalDate due =
                now.toLocalTime().isBefore(time.get()) ? now.toLocalDate().minusDays(1) : now.toLocalDate();
        Optional<LocalDate> last = last();
        if (last.isEmpty()) {
            remember(due); // a server that was just set up has nothing to tell of yesterday
        } else if (last.get().isBefore(due)) {
            send(settings);
            remember(due);
            expired = 0;
        }
    }

    private Optional<LocalDate> last() throws IOException {
        try {
            return Optional.of(LocalDate.parse(Files.readString(memory).strip()));
        } catch (NoSuchFileException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private void remember(LocalDate day) throws IOException {
        PrivateFile.replace(memory, day + "\n");
    }

    private void send(QuarantineSettings settings) throws IOException {
        List<KeptMail> mails = quarantine.list(Optional.empty(), Optional.empty(), Shelves.MOST_LOOKED_AT);
        Optional<Shelf> shelf = quarantine.shelves().stream().findFirst();
        if (shelf.isEmpty() || (mails.isEmpty() && expired == 0)) {
            return;
        }
        Courier courier = shelf.get().courier();
        QuarantineDigest digest = digest(mails, settings);
        Requirement required =
                mails.stream().map(mail -> mail.why().required()).reduce(Requirement.NOTHING, Requirement::join);
        try {
            String to = settings.digestTo().orElseGet(courier::postmaster);
            courier.tellAdmin(
                    to,
                    message(courier.postmaster(), to, digest, digest.text()),
                    message(courier.postmaster(), to, digest, digest.redacted()),
                    required);
        } catch (MessagingException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private QuarantineDigest digest(List<KeptMail> mails, QuarantineSettings settings) {
        Instant yesterday = clock.instant().minus(Duration.ofDays(1));
        int fresh = (int) mails.stream()
                .filter(mail ->
                        mail.withheldAt().filter(at -> at.isAfter(yesterday)).isPresent())
                .count();
        int waiting =
                (int) mails.stream().filter(mail -> mail.pending().isPresent()).count();
        return new QuarantineDigest(
                new Counts(mails.size(), fresh, waiting, expired),
                mails.stream().map(mail -> line(mail, settings.fullAddresses())).toList(),
                settings.languages().stream()
                        .flatMap(code -> Language.of(code).stream())
                        .toList());
    }

    private static Line line(KeptMail mail, boolean full) {
        return new Line(
                mail.withheldAt()
                        .map(at -> TIME.format(at.atZone(ZoneOffset.UTC)))
                        .orElse("-"),
                mail.why().word().isEmpty() ? "-" : mail.why().word(),
                shown(mail.envelope().sender(), full),
                mail.envelope().recipients().stream()
                        .map(address -> shown(address, full))
                        .distinct()
                        .limit(3)
                        .collect(Collectors.joining(", ")));
    }

    private static String shown(String address, boolean full) {
        return full || address.isEmpty() ? "<" + address + ">" : Addresses.domain(address);
    }

    private MimeMessage message(String from, String to, QuarantineDigest digest, String text)
            throws MessagingException {
        MimeMessage message = new MimeMessage(Session.getInstance(new Properties()));
        message.setFrom(new InternetAddress(from));
        message.setHeader("To", to);
        message.setSubject(digest.subject(), "UTF-8");
        message.setSentDate(Date.from(clock.instant()));
        message.setHeader("Auto-Submitted", "auto-generated"); // RFC 3834 §5
        message.setText(text, "UTF-8");
        message.saveChanges();
        return message;
    }
}
