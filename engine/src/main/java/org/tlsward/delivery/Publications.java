/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.delivery;

/** What destinations publish about their hosts ("B"): DANE and MTA-STS. Blocks within a time limit of its own and never throws. */
@FunctionalInterface
public interface Publications {

    /** What is published about one host. */
    HostPublication about(HostQuestion question);

    /** The same for the hosts of one delivery: what they have in common is asked for once. */
    default Publications forOneDelivery() {
        return this;
    }

    /** Where nobody looks: only what our side demands counts. */
    static Publications notLookedUp() {
        return question -> HostPublication.NONE;
    }
}
