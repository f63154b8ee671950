/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james;

import java.util.Locale;
import java.util.Optional;
import org.tlsward.evidence.SeenTls;
import org.tlsward.policy.Reason;
import org.tlsward.policy.TlsVersion;

/**
 * How our metrics are called: stable words of small letters, digits and {@code _}, so that they are the same in Dropwizard and Prometheus.
 * What is counted apart comes from lists of ours and from the classes of the configuration, never from a mail: there are not more of them
 * because more mail comes.
 */
public final class MetricNames {
    /** What all begin with. */
    public static final String PREFIX = "tlsward_";

    /** Of outgoing mail: one attempt, all hosts together. */
    public static final String ATTEMPT = PREFIX + "out_attempt";

    /** Of outgoing mail: one handshake with a server. */
    public static final String HANDSHAKE = PREFIX + "out_handshake";

    /** Handshakes with servers that failed. */
    public static final String HANDSHAKE_FAILED = PREFIX + "out_handshake_failed";

    /** Handshakes of clients that failed. */
    public static final String INCOMING_HANDSHAKE_FAILED = PREFIX + "in_handshake_failed";

    /** Judging one recipient of incoming mail. */
    public static final String JUDGEMENT = PREFIX + "in_judgement";

    /** Records of evidence that are in the log only. */
    public static final String EVIDENCE_FAILED = PREFIX + "evidence_failed";

    private MetricNames() {}

    /** The part of a name that tells a reason, for example {@code tls_not_offered}. */
    public static String reason(Reason reason) {
        return word(reason.word());
    }

    /** The part of a name that tells the TLS of a session, for example {@code tlsv1_3}; {@code cleartext} without one. */
    public static String tls(Optional<SeenTls> session) {
        return session.map(seen -> TlsVersion.of(seen.version())
                        .map(version -> word(version.protocol()))
                        .orElse("other"))
                .orElse("cleartext");
    }

    /** What somebody has called something, as part of a name: everything that is no letter or digit becomes {@code _}. */
    public static String word(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_");
    }
}
