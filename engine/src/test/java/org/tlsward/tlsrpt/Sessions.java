/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.tlsrpt;

import java.util.List;
import java.util.Optional;
import org.tlsward.tlsrpt.FailureDetail.Way;
import org.tlsward.tlsrpt.ObservedSession.Verdict;

/** Sessions as tests need them. */
final class Sessions {
    private Sessions() {}

    static PolicyInForce sts(String domain) {
        return PolicyInForce.sts(
                domain,
                List.of("version: STSv1", "mode: enforce", "mx: *." + domain, "max_age: 604800"),
                List.of("*." + domain));
    }

    static PolicyInForce tlsa(String domain) {
        return PolicyInForce.tlsa("mx." + domain, List.of("3 1 1 aabb"));
    }

    static FailureDetail failure(ResultType type, String host) {
        return FailureDetail.of(
                type, new Way(Optional.of("192.0.2.1"), Optional.of(host), Optional.of("2001:db8::25")), "seen");
    }

    static ObservedSession good(String domain) {
        return new ObservedSession(domain, List.of(new Verdict(sts(domain), Optional.empty())));
    }

    static ObservedSession bad(String domain, ResultType type) {
        return new ObservedSession(
                domain, List.of(new Verdict(sts(domain), Optional.of(failure(type, "mx." + domain)))));
    }
}
