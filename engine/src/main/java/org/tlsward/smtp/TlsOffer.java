/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.smtp;

import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLParameters;
import org.tlsward.policy.TlsLimits;

/**
 * What our side offers in a handshake.
 *
 * @param versions JSSE names
 * @param suites JSSE names, the best first
 */
public record TlsOffer(List<String> versions, List<String> suites) {
    private static final String NEWEST = "TLSv1.3";
    private static final List<String> UNFIT =
            List.of("_anon_", "_NULL_", "_EXPORT_", "_RC4_", "_DES_", "_3DES_", "_DES40_");

    /** Copies its arguments. */
    public TlsOffer {
        versions = List.copyOf(versions);
        suites = List.copyOf(suites);
    }

    /** What the administrator of the JVM has switched off stays off. */
    static TlsOffer of(SSLParameters byDefault, List<String> wanted) {
        return new TlsOffer(
                wanted.stream()
                        .filter(Arrays.asList(byDefault.getProtocols())::contains)
                        .toList(),
                Arrays.stream(byDefault.getCipherSuites())
                        .filter(suite -> UNFIT.stream().noneMatch(suite::contains))
                        .toList());
    }

    /** What an emergency leaves of it: a version without any suite of its own is no offer. */
    public TlsOffer under(TlsLimits limits) {
        if (limits.stops().isEmpty()) {
            return this;
        }
        List<String> allowed = suites.stream().filter(limits::allowsSuite).toList();
        List<String> left = versions.stream()
                .filter(limits::allowsVersion)
                .filter(version -> allowed.stream().anyMatch(suite -> isOf(version, suite)))
                .toList();
        return new TlsOffer(left, allowed);
    }

    /** True if no handshake can succeed. */
    public boolean isEmpty() {
        return versions.isEmpty();
    }

    /** RFC 8446 §B.4: suites of TLS 1.3 name no key exchange, so there is no WITH in them. The one that is a signal (RFC 5746) is no suite. */
    private static boolean isOf(String version, String suite) {
        return NEWEST.equals(version)
                ? suite.startsWith("TLS_") && !suite.contains("_WITH_") && !suite.endsWith("_SCSV")
                : suite.contains("_WITH_");
    }
}
