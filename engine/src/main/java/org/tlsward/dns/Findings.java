/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.dns;

import java.util.concurrent.CompletableFuture;

/** Where answers come from: the network, or a cache before it. */
interface Findings {

    /** Comes to an end within a bounded time, and never exceptionally. */
    CompletableFuture<Finding> find(Question question);
}
