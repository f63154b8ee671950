/* SPDX-License-Identifier: Apache-2.0 */
/** Handlers for {@code smtpserver.xml}: the gate at RCPT TO, the record of the session's TLS, REQUIRETLS, and guards for what stock James leaves open. */
package org.tlsward.hooks;
