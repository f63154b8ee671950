/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.delivery;

import java.util.Optional;
import org.tlsward.policy.TlsAttempt;
import org.tlsward.smtp.Failure;

/**
 * One host that was tried, or left alone, on the way: the source of log lines and of session counts for TLS reports.
 *
 * @param circumstances host, TLS, decision, duration, octets
 * @param tls how far TLS came; {@code NotYet} if it was not reached or not tried
 * @param failure what broke the connection, if something did
 * @param note one sentence for people
 */
public record HostAttempt(Circumstances circumstances, TlsAttempt tls, Optional<Failure> failure, String note) {}
