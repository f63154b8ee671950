/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tlsward.policy.EmergencyStop.What;

/**
 * What emergency stops leave of TLS, for both directions.
 *
 * @param stops those that say something about TLS
 */
public record TlsLimits(List<EmergencyStop> stops) {
    /** Nothing is stopped. */
    public static final TlsLimits NONE = new TlsLimits(List.of());

    /** Keeps those that say something about TLS. */
    public TlsLimits {
        stops = stops.stream().filter(stop -> stop.what().needsEnd()).toList();
    }

    /** What these stops leave. */
    public static TlsLimits of(Collection<EmergencyStop> inForce) {
        return inForce.isEmpty() ? NONE : new TlsLimits(List.copyOf(inForce));
    }

    /** The stop that switches TLS off altogether: that of TLS, or that of the whole server, where nothing is to be said anyway. */
    public Optional<EmergencyStop> off() {
        return find(What.NO_TLS).or(this::server);
    }

    /** The stop of the whole server. */
    public Optional<EmergencyStop> server() {
        return find(What.SERVER);
    }

    private Optional<EmergencyStop> find(What what) {
        return stops.stream().filter(stop -> stop.what() == what).findFirst();
    }

    /** True if that version may be offered. */
    public boolean allowsVersion(String protocol) {
        return stops.stream().noneMatch(stop -> refusesVersion(stop, protocol));
    }

    /** True if that suite may be offered. */
    public boolean allowsSuite(String suite) {
        return stops.stream().noneMatch(stop -> refusesSuite(stop, suite));
    }

    /** The stop because of which a session is not good enough that has negotiated this. */
    public Optional<EmergencyStop> refusing(String protocol, String suite) {
        return off().or(() -> stops.stream()
                .filter(stop -> refusesVersion(stop, protocol) || refusesSuite(stop, suite))
                .findFirst());
    }

    private static boolean refusesVersion(EmergencyStop stop, String protocol) {
        return stop.what() == What.REFUSE_VERSION && stop.name().equalsIgnoreCase(protocol);
    }

    private static boolean refusesSuite(EmergencyStop stop, String suite) {
        return stop.what() == What.REFUSE_CIPHER && matches(stop.name(), suite);
    }

    /**
     * Whether a pattern means a suite.
     *
     * @param glob with {@code *} and {@code ?}; case is ignored
     * @param suite its JSSE name, for example {@code TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA}
     */
    public static boolean matches(String glob, String suite) {
        StringBuilder pattern = new StringBuilder();
        for (char c : glob.toUpperCase(Locale.ROOT).toCharArray()) {
            switch (c) {
                case '*' -> pattern.append(".*");
                case '?' -> pattern.append('.');
                default -> pattern.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.matches(pattern.toString(), suite.toUpperCase(Locale.ROOT));
    }
}
