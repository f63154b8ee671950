/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.delivery;

import org.tlsward.smtp.ConnectionSettings;

/**
 * What all deliveries have in common.
 *
 * @param connection our name, addresses, times and limits
 * @param own who we are, to see loops
 * @param port where MX hosts listen: 25
 * @param recipientsPerTransaction RFC 5321 §4.5.3.1.8: every server takes 100
 * @param connectionsPerAttempt how many addresses are tried at most: DNS of strangers decides how many there are
 */
public record DeliverySettings(
        ConnectionSettings connection,
        OwnHosts own,
        int port,
        int recipientsPerTransaction,
        int connectionsPerAttempt) {
    private static final int SMTP = 25;
    private static final int RECIPIENTS = 100;
    private static final int CONNECTIONS = 20;

    /** The usual numbers. */
    public static DeliverySettings standard(ConnectionSettings connection, OwnHosts own) {
        return new DeliverySettings(connection, own, SMTP, RECIPIENTS, CONNECTIONS);
    }
}
