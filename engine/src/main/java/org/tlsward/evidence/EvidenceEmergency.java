/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import java.time.Instant;
import java.util.Optional;
import org.tlsward.policy.EmergencyStop;

/**
 * An operator stopped mail of a kind, or let it go on: a line of the type {@code emergency}. It is about no single mail.
 *
 * @param time when
 * @param stopped false if it goes on
 * @param what for example {@code class}
 * @param name of the class or destination; empty for all
 * @param by the name of the operator's token
 * @param why in the words of the operator; empty where it goes on
 */
public record EvidenceEmergency(
        Instant time, boolean stopped, String what, String name, String by, Optional<String> why)
        implements Recordable {

    /** A stop. */
    public static EvidenceEmergency stopped(EmergencyStop stop) {
        return new EvidenceEmergency(
                stop.since(), true, stop.what().word(), stop.name(), stop.by(), Optional.of(stop.why()));
    }

    /** The end of one. */
    public static EvidenceEmergency resumed(Instant time, EmergencyStop.What what, String name, String by) {
        return new EvidenceEmergency(time, false, what.word(), name, by, Optional.empty());
    }

    @Override
    public EvidenceEmergency with(AddressForm form) {
        return this; // it names no address
    }
}
