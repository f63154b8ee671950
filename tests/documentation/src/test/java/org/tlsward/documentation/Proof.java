/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.documentation;

import org.tlsward.site.Page.Block;

/** Reads a block as whoever it is written for would read it. */
interface Proof {
    /**
     * Reads it.
     *
     * @throws Mistake if it is not what it should be
     */
    void of(Block block, Context context);
}
