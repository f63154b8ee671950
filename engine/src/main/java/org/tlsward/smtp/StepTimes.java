/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.smtp;

import java.time.Duration;

/**
 * How long to wait at each step. A limit holds for the whole reply, not for each octet, so that a peer that sends one octet a
 * minute gains nothing.
 *
 * @param connect for the TCP connection
 * @param command for the greeting, EHLO, STARTTLS, AUTH, MAIL, RCPT and RSET
 * @param handshake for the whole TLS handshake
 * @param dataInitiation for the reply to DATA
 * @param dataBlock for each block of the message to be taken
 * @param dataTermination for the reply to the final dot: shorter limits make duplicates
 * @param quit for QUIT, of which nothing depends
 * @param total for everything from one connection attempt to the decision, and for each transaction
 */
public record StepTimes(
        Duration connect,
        Duration command,
        Duration handshake,
        Duration dataInitiation,
        Duration dataBlock,
        Duration dataTermination,
        Duration quit,
        Duration total) {

    /** RFC 5321 §4.5.3.2; those it does not name are those of common servers. */
    public static final StepTimes RFC_5321 = new StepTimes(
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofMinutes(2),
            Duration.ofMinutes(2),
            Duration.ofMinutes(3),
            Duration.ofMinutes(10),
            Duration.ofSeconds(5),
            Duration.ofHours(1));

    /** The same limit everywhere, and a total. */
    public static StepTimes uniform(Duration each, Duration total) {
        return new StepTimes(each, each, each, each, each, each, each, total);
    }

    /** The limit of one step. */
    public Duration limit(Step step) {
        return switch (step) {
            case CONNECT -> connect;
            case GREETING, EHLO, STARTTLS, AUTH, MAIL, RCPT, RSET -> command;
            case HANDSHAKE -> handshake;
            case DATA -> dataInitiation;
            case BODY -> dataBlock;
            case END_OF_DATA -> dataTermination;
            case QUIT -> quit;
        };
    }
}
