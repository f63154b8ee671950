/* SPDX-License-Identifier: Apache-2.0 */
/**
 * DANE for SMTP: which TLSA records can be used, and whether a certificate chain matches them (RFC 6698, 7671, 7672).
 *
 * <ol>
 *   <li>The records come from {@link org.tlsward.dns}, and only from a secure answer. Nothing here asks DNS.
 *   <li>{@link org.tlsward.dane.TlsaSet} says of each record whether it counts, and why not. None that counts means: TLS is required,
 *       DANE authenticates nobody (RFC 7672 §2.2).
 *   <li>{@link org.tlsward.dane.DaneVerifier} matches the set with what the server has shown: DANE-EE first, which is the key and
 *       nothing else; then DANE-TA, for which every path upward from the server's certificate is climbed until a record names its end,
 *       and the whole path is judged. One record that matches is enough.
 *   <li>{@link org.tlsward.dane.DaneVerdict} has a sentence for the log.
 *   <li>{@link org.tlsward.dane.DaneRecords} and {@link org.tlsward.dane.RollOver} look from the other side: what we should publish,
 *       and whether a new certificate may be put in place.
 * </ol>
 *
 * <p>Whatever a server shows costs bounded work, and what cannot be read does not match. {@code OpenSslAgreementTest} has the cases in
 * which OpenSSL would say something else, with the reason.
 */
package org.tlsward.dane;
