/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.dns;

import java.util.concurrent.CompletableFuture;

/** Knows what stands at one name; the two ways to know whether it is secure implement it. */
interface Links {

    /** Ends with a {@link LookupFailure} if nobody knows. */
    CompletableFuture<Link> link(Question question, Budget budget);
}
