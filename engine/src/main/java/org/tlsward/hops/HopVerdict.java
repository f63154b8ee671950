/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.hops;

/** A hop, or a whole chain, against a minimum. */
public enum HopVerdict {
    /** TLS that is good enough, if it is true what is written. */
    MET,
    /** Not known to be good enough, nor to be less. */
    UNKNOWN,
    /** Cleartext, or a version that is too old. */
    BELOW
}
