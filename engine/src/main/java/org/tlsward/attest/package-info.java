/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A signed header that tells a receiver over which TLS we gave him a mail.
 *
 * <ol>
 *   <li>{@link org.tlsward.attest.AttestedMessage} adds {@code X-TLSWard-Delivery} on top of a message when the connection is there and its
 *       peer has passed: it tells of this very session. In cleartext it adds nothing.
 *   <li>{@link org.tlsward.attest.MessageBinding} is what ties the statement to the mail: hashes of {@code Message-ID}, {@code Date},
 *       {@code From}, {@code To}, {@code Cc}, {@code Subject} and the body. On another mail, or on this one after a change, it is worth nothing.
 *   <li>{@link org.tlsward.attest.DeliveryStatement} is what is said, as one line: {@code v=1; t=2026-11-22T10:00:00Z; by=mail.klinik.example;
 *       mx=mx.partner.example; to=partner.example; tls=TLSv1.3; cipher=TLS_AES_128_GCM_SHA256; level=authenticated;
 *       seen=chain-valid,dane; id=<...>; h=...; bh=...; k=...; b=...}. {@code k} is the fingerprint of the key, {@code b} the Ed25519
 *       signature over everything before it, by the key of the evidence.
 * </ol>
 *
 * <p>It proves that this server said so, and nothing about hops after that one. Servers on the way that encode a body anew break it, as they
 * break DKIM; the header itself is in no DKIM signature of ours or others, so it breaks none.
 */
package org.tlsward.attest;
