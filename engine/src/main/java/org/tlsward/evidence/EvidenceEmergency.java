/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.tlsward.policy.EmergencyStop;

/**
 * An operator stopped something, or let it go on: a line of the type {@code emergency}. It is about no single mail.
 *
 * @param time when
 * @param deed what happened
 * @param what for example {@code class} or {@code no-tls}
 * @param name of the class, destination, version or pattern of suites; empty for all
 * @param by the name of the operator's token; empty where it ended by itself
 * @param why in the words of the operator; empty where it goes on
 * @param until when it ends by itself, or has; empty for one that somebody has to end
 */
public record EvidenceEmergency(
        Instant time, Deed deed, String what, String name, String by, Optional<String> why, Optional<Instant> until)
        implements Recordable {

    /** What can happen to a stop. */
    public enum Deed {
        /** It begins. */
        STOP,
        /** It has another end. */
        EXTEND,
        /** Somebody lets it go on. */
        RESUME,
        /** It ended by itself. */
        ENDED;

        /** The word of the line. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A stop. */
    public static EvidenceEmergency stopped(EmergencyStop stop) {
        return of(stop.since(), Deed.STOP, stop, stop.by(), Optional.of(stop.why()));
    }

    /**
     * Another end.
     *
     * @param stop with that end
     * @param by whom
     * @param why in their words
     */
    public static EvidenceEmergency extended(Instant time, EmergencyStop stop, String by, String why) {
        return of(time, Deed.EXTEND, stop, by, Optional.of(why));
    }

    /** The end of one by the hand of somebody. */
    public static EvidenceEmergency resumed(Instant time, EmergencyStop.What what, String name, String by) {
        return new EvidenceEmergency(time, Deed.RESUME, what.word(), name, by, Optional.empty(), Optional.empty());
    }

    /** The end of one by itself. */
    public static EvidenceEmergency ended(Instant time, EmergencyStop stop) {
        return of(time, Deed.ENDED, stop, "", Optional.empty());
    }

    private static EvidenceEmergency of(Instant time, Deed deed, EmergencyStop stop, String by, Optional<String> why) {
        return new EvidenceEmergency(time, deed, stop.what().word(), stop.name(), by, why, stop.until());
    }

    @Override
    public EvidenceEmergency with(AddressForm form) {
        return this; // it names no address
    }
}
