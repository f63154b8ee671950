/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.hops;

import java.util.Optional;
import org.tlsward.policy.TlsVersion;

/** What a {@code Received} line says about the TLS of its hop. */
public sealed interface HopTls {

    /**
     * It was TLS.
     *
     * @param version empty if the line does not say it
     * @param cipher as the server wrote it; empty if it did not
     */
    record Encrypted(Optional<TlsVersion> version, Optional<String> cipher) implements HopTls {}

    /** A protocol keyword that means cleartext (RFC 3848), and no word of TLS. */
    record Plain() implements HopTls {}

    /** Nothing that can be understood, or a line that contradicts itself. */
    record Unknown() implements HopTls {}
}
