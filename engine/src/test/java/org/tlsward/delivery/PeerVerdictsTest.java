/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tlsward.dns.DnsAnswer.Security;
import org.tlsward.policy.MtaSts;
import org.tlsward.policy.Requirement;
import org.tlsward.policy.TlsaRecords;

class PeerVerdictsTest extends DeliveryTestBase {
    @ParameterizedTest
    @CsvSource({
        "SECURE, NONE, false, NONE, good, chain-valid+mx-name+next-hop-name",
        "SECURE, USABLE, true, NONE, self, chain-untrusted+dane",
        "SECURE, USABLE, false, NONE, good, chain-valid+mx-name+next-hop-name+dane-mismatch",
        "INSECURE, USABLE, true, NONE, good, chain-valid+mx-name+next-hop-name+dane-insecure-mx",
        "INSECURE, USABLE, false, TESTING, good, chain-valid+mx-name+next-hop-name+dane-mismatch-insecure-mx+mta-sts-testing",
        "INSECURE, USABLE, true, ENFORCE, good, chain-valid+mx-name+next-hop-name+dane+mta-sts",
        "SECURE, USABLE, true, ENFORCE, self, chain-untrusted+dane+mta-sts-certificate",
        "SECURE, UNUSABLE, false, NOT_FETCHED, good, chain-valid+mx-name+next-hop-name+dane-unusable+mta-sts-not-fetched",
        "SECURE, LOOKUP_FAILED, false, LOOKUP_FAILED, good, dane-unknown+mta-sts-unknown",
        "INSECURE, NONE, false, ENFORCE, good, chain-valid+mx-name+next-hop-name+mta-sts",
        "INSECURE, NONE, false, ENFORCE, wrong-name, chain-valid+mta-sts-certificate",
        "INSECURE, NONE, false, TESTING, wrong-name, chain-valid+mta-sts-certificate-testing",
        "INSECURE, NONE, false, ENFORCE_MX_MISMATCH, good, mta-sts-mx-mismatch",
        "INSECURE, NONE, false, TESTING_MX_MISMATCH, good, chain-valid+mx-name+next-hop-name+mta-sts-mx-mismatch-testing",
    })
    void everySourceShouldHaveItsWord(
            Security mx, TlsaRecords tlsa, boolean match, MtaSts mtaSts, String identity, String words) {
        publications = question -> published(tlsa, mtaSts, peer -> match);
        host(TLS.replace("IDENTITY good", "IDENTITY " + identity) + "SERVE");
        dns.mx("two.example", mx, "10 mx.two.example").host("mx.two.example", "127.0.0.1");
        Outcome outcome = only(deliver(Requirement.NOTHING));
        assertThat(String.join("+", PeerVerdicts.of(outcome.circumstances()))).isEqualTo(words);
    }
}
