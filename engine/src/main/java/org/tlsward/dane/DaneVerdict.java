/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.dane;

import java.util.Optional;
import org.tlsward.dns.TlsaRecord;

/**
 * What the TLSA records say of a certificate chain.
 *
 * @param matches true if one of the usable records matches
 * @param by the record that matches
 * @param detail for people: what matched, or why nothing did
 */
public record DaneVerdict(boolean matches, Optional<TlsaRecord> by, String detail) {}
