/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james;

import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.mail.Header;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.internet.InternetAddress;
import javax.mail.internet.MimeBodyPart;
import javax.mail.internet.MimeMessage;
import javax.mail.internet.MimeMultipart;
import javax.mail.internet.MimeUtility;
import org.tlsward.james.RecipientNote.Fate;

/**
 * A delivery status notification (RFC 3464) as a message: a text for people, the fields for machines, and of the original its header at
 * most, whatever the sender's RET says. Redacted it shows nothing of the original but {@code Message-ID} and {@code Date}.
 *
 * @param reportingMta how we call ourselves
 * @param postmaster the {@code From}
 * @param sender of the original: the {@code To}
 * @param subject for people
 * @param text for people
 * @param envelopeId ENVID of the sender
 * @param arrived when we got the original
 * @param notes one for each recipient
 */
public record StatusNotification(
        String reportingMta,
        String postmaster,
        String sender,
        String subject,
        String text,
        Optional<String> envelopeId,
        Instant arrived,
        List<RecipientNote> notes) {
    /** RFC 5322 §3.3. */
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.US);

    /** {@code name[address]:port} or {@code [address]:port}. */
    private static final Pattern HOST = Pattern.compile("([^\\[]*)\\[([^\\]]*)](?::\\d+)?");

    /** Words with such characters, and what is between them: encoded words next to each other lose their blanks. */
    private static final Pattern NOT_ASCII = Pattern.compile("\\S*[^\\p{ASCII}]\\S*(?:\\s+\\S*[^\\p{ASCII}]\\S*)*");

    private static final char REPLACEMENT = '\uFFFD';
    private static final List<String> NEVER_SHOWN = List.of("bcc", "x-tlsward-require");
    private static final List<String> SHOWN_REDACTED = List.of("message-id", "date");

    /**
     * The message.
     *
     * @param original the message that it is about
     * @param redacted true if it may travel without protection
     */
    public MimeMessage message(MimeMessage original, boolean redacted) throws MessagingException {
        MimeMultipart report = new MimeMultipart("report; report-type=delivery-status");
        MimeBodyPart people = new MimeBodyPart();
        people.setText(text, "UTF-8");
        report.addBodyPart(people);
        report.addBodyPart(part(fields(), "message/delivery-status"));
        report.addBodyPart(part(headersOf(original, redacted), "text/rfc822-headers"));
        MimeMessage message = new MimeMessage(Session.getInstance(new Properties()));
        message.setFrom(new InternetAddress(postmaster));
        message.setHeader("To", sender);
        message.setSubject(subject, "UTF-8");
        message.setHeader("Date", date(Instant.now()));
        message.setHeader("Auto-Submitted", "auto-replied"); // RFC 3834 §5
        String id = original.getMessageID();
        if (id != null) {
            message.setHeader("In-Reply-To", id);
            message.setHeader("References", id);
        }
        message.setContent(report);
        message.saveChanges();
        return message;
    }

    private static MimeBodyPart part(String content, String type) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setText(content, "UTF-8");
        part.setHeader("Content-Type", type);
        return part;
    }

    private String fields() {
        StringBuilder fields = new StringBuilder("Reporting-MTA: dns; " + reportingMta + "\r\n");
        envelopeId.ifPresent(id ->
                fields.append("Original-Envelope-Id: ").append(oneLine(id)).append("\r\n"));
        fields.append("Arrival-Date: ").append(date(arrived)).append("\r\n");
        for (RecipientNote note : notes) {
            fields.append("\r\n");
            note.originalRecipient().ifPresent(original -> fields.append("Original-Recipient: ")
                    .append(oneLine(original))
                    .append("\r\n"));
            fields.append("Final-Recipient: rfc822; ")
                    .append(oneLine(note.recipient()))
                    .append("\r\n");
            fields.append("Action: ").append(action(note.fate())).append("\r\n");
            fields.append("Status: ").append(note.status()).append("\r\n");
            note.host().ifPresent(host -> fields.append("Remote-MTA: dns; ")
                    .append(oneLine(nameOnly(host)))
                    .append("\r\n"));
            // RFC 3464 §2.3.6: only what a server really said is an smtp diagnostic.
            fields.append("Diagnostic-Code: ")
                    .append(note.reply()
                            .map(reply -> "smtp; " + oneLine(reply))
                            .orElse("X-TLSWard; " + diagnostic(note)))
                    .append("\r\n");
            fields.append("Last-Attempt-Date: ").append(date(Instant.now())).append("\r\n");
            note.retryUntil().ifPresent(until -> fields.append("Will-Retry-Until: ")
                    .append(date(until))
                    .append("\r\n"));
        }
        return fields.toString();
    }

    /** RFC 3464 §2.3.5: a name and nothing else; a host without one goes by its address literal (RFC 5321 §4.1.3). */
    private static String nameOnly(String host) {
        Matcher parts = HOST.matcher(host);
        if (!parts.matches()) {
            return host;
        }
        String literal = parts.group(2).contains(":") ? "[IPv6:" + parts.group(2) + "]" : "[" + parts.group(2) + "]";
        return parts.group(1).isEmpty() ? literal : parts.group(1);
    }

    /** RFC 3464 §2.3.3. */
    private static String action(Fate fate) {
        return switch (fate) {
            case DELAYED -> "delayed";
            case WITHHELD, REJECTED -> "failed";
            case RELAYED -> "relayed";
        };
    }

    private static String diagnostic(RecipientNote note) {
        return oneLine(note.reason().map(reason -> reason.word() + ": ").orElse("") + note.seen());
    }

    private static String headersOf(MimeMessage original, boolean redacted) throws MessagingException {
        StringBuilder headers = new StringBuilder();
        for (Header header : java.util.Collections.list(original.getAllHeaders())) {
            String name = header.getName().toLowerCase(Locale.ROOT);
            if (redacted ? SHOWN_REDACTED.contains(name) : !NEVER_SHOWN.contains(name)) {
                headers.append(header.getName())
                        .append(": ")
                        .append(ascii(header.getValue()))
                        .append("\r\n");
            }
        }
        return headers.toString();
    }

    /** Raw UTF-8 of the original as encoded words (RFC 2047), other octets as question marks: this part has 7 bits (RFC 6522 §4). */
    private static String ascii(String value) {
        // javax.mail gives an octet as a character.
        String text = new String(value.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        return NOT_ASCII
                .matcher(value.chars().allMatch(c -> c < 0x100) ? text : value)
                .replaceAll(words -> Matcher.quoteReplacement(encoded(words.group())));
    }

    private static String encoded(String words) {
        try {
            return words.indexOf(REPLACEMENT) < 0
                    ? MimeUtility.encodeWord(words, "UTF-8", "Q")
                    : words.replaceAll("[^\\p{ASCII}]", "?");
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException("every JVM has UTF-8", e);
        }
    }

    private static String oneLine(String text) {
        return text.codePoints()
                .mapToObj(c -> c >= 0x20 && c < 0x7F ? Character.toString(c) : "?")
                .collect(Collectors.joining());
    }

    private static String date(Instant instant) {
        return DATE.format(instant.atZone(ZoneId.systemDefault()));
    }
}
