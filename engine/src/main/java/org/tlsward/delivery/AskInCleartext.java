/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.tlsward.dns.HostLookup;
import org.tlsward.smtp.ConnectionSettings;
import org.tlsward.smtp.EnhancedCode;
import org.tlsward.smtp.RecipientQuestion;
import org.tlsward.smtp.RecipientQuestion.Said;
import org.tlsward.smtp.Reply;
import org.tlsward.smtp.ServerName;
import org.tlsward.smtp.SmtpException;

/** The question of an auditor with {@code nc}: do the hosts of a domain take mail for an address without TLS? */
public final class AskInCleartext {
    /** DNS of strangers decides how many hosts there are. */
    private static final int MOST_HOSTS = 20;

    private final ChooseHosts chooseHosts;
    private final ConnectionSettings settings;

    /**
     * Asks hosts that listen on that port.
     *
     * @param lookup DNS
     * @param settings of the connections
     * @param port 25
     */
    public AskInCleartext(HostLookup lookup, ConnectionSettings settings, int port) {
        // Our own hosts are asked like any other.
        OwnHosts nobody = new OwnHosts(Set.of(), Set.of(), false);
        this.chooseHosts = new ChooseHosts(lookup, nobody, port, new Random());
        this.settings = settings;
    }

    /** What an answer means. */
    public enum Verdict {
        /** The address is accepted without TLS. */
        ACCEPTED,
        /** Refused, because there is no TLS. */
        REFUSED_FOR_TLS,
        /** Refused for another reason, which says nothing about TLS. */
        REFUSED_OTHERWISE,
        /** Nobody knows: not reached, greylisting, an error that may pass. */
        UNKNOWN
    }

    /**
     * What one host answered.
     *
     * @param server which one; empty if there was none to ask
     * @param verdict what it means
     * @param said its reply, or why there is none
     */
    public record Answer(Optional<ServerName> server, Verdict verdict, String said) {}

    /**
     * Asks every host. The address goes over the line in cleartext.
     *
     * @param destination of the address
     * @param recipient an address in ASCII
     */
    public List<Answer> ask(Destination destination, String recipient) {
        HostChoice choice = chooseHosts.choose(destination);
        if (choice instanceof HostChoice.None none) {
            return List.of(new Answer(Optional.empty(), Verdict.REFUSED_OTHERWISE, none.explanation()));
        }
        if (choice instanceof HostChoice.Unknown unknown) {
            return List.of(new Answer(Optional.empty(), Verdict.UNKNOWN, unknown.said()));
        }
        List<Answer> answers = new ArrayList<>();
        ((HostChoice.Hosts) choice)
                .hosts().stream()
                        .flatMap(host -> host.servers(Optional.empty()).stream())
                        .limit(MOST_HOSTS)
                        .forEach(server -> answers.add(ask(server, recipient)));
        return answers;
    }

    private Answer ask(ServerName server, String recipient) {
        try {
            Said said = RecipientQuestion.ask(server, settings, recipient);
            Reply decisive = said.recipient().orElse(said.mail());
            return new Answer(Optional.of(server), verdict(decisive), decisive.toString());
        } catch (SmtpException e) {
            return new Answer(Optional.of(server), Verdict.UNKNOWN, e.failure().explanation());
        }
    }

    private static Verdict verdict(Reply reply) {
        if (reply.isPositive()) {
            return Verdict.ACCEPTED;
        }
        if (!reply.isPermanent()) {
            return Verdict.UNKNOWN;
        }
        return isForTls(reply) ? Verdict.REFUSED_FOR_TLS : Verdict.REFUSED_OTHERWISE;
    }

    /** RFC 3207 §4: 530 is the reply of a server that wants STARTTLS first; X.7.10 is "encryption needed" (registry of RFC 5248). */
    private static boolean isForTls(Reply reply) {
        boolean encryptionNeeded = reply.enhancedCode()
                .filter(code -> code.subject() == 7 && code.detail() == 10)
                .isPresent();
        boolean otherwise530 =
                reply.enhancedCode().filter(AskInCleartext::isNotGeneral).isPresent();
        return encryptionNeeded || (reply.code() == 530 && !otherwise530);
    }

    /** 530 5.7.0 is also what a server says that wants AUTH; 530 with another code is about something else. */
    private static boolean isNotGeneral(EnhancedCode code) {
        return code.subject() != 7 || code.detail() != 0;
    }
}
