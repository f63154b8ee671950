/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.smtp;

import java.util.Optional;

/**
 * Whether a server would take a mail for an address in cleartext, asked as far as RCPT and taken back with RSET. The address goes over
 * the line in cleartext: this is for {@code tlsward check --cleartext} alone, and no delivery ever comes through here.
 */
public final class RecipientQuestion {
    private RecipientQuestion() {}

    /**
     * What the server said.
     *
     * @param mail to MAIL
     * @param recipient to RCPT; empty if MAIL was refused
     */
    public record Said(Reply mail, Optional<Reply> recipient) {}

    /** True if the text can be asked for. */
    public static boolean isAddress(String text) {
        return SmtpPath.of(text).filter(path -> !path.utf8()).isPresent();
    }

    /**
     * Asks, over a connection of its own without TLS.
     *
     * @throws IllegalArgumentException if it is no address in ASCII
     */
    public static Said ask(ServerName server, ConnectionSettings settings, String recipient) throws SmtpException {
        SmtpPath path = SmtpPath.of(recipient)
                .filter(each -> !each.utf8())
                .orElseThrow(() -> new IllegalArgumentException("unsupported address \"" + recipient + "\""));
        try (SmtpConnection connection = SmtpConnection.open(server, settings, true)) {
            Reply mail = connection.ask(Step.MAIL, "MAIL FROM:<>");
            if (!mail.isPositive()) {
                connection.quit();
                return new Said(mail, Optional.empty());
            }
            Reply answer = connection.ask(Step.RCPT, "RCPT TO:<" + path.text() + ">");
            if (answer.isPositive()) {
                connection.ask(Step.RSET, "RSET");
            }
            connection.quit();
            return new Said(mail, Optional.of(answer));
        }
    }
}
