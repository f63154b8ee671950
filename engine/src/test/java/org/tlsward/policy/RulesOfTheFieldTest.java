/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tlsward.policy.Fixtures.MX;
import static org.tlsward.policy.Fixtures.NEXT_HOP;
import static org.tlsward.policy.Fixtures.NO_TLS;
import static org.tlsward.policy.Fixtures.certificate;
import static org.tlsward.policy.Fixtures.facts;
import static org.tlsward.policy.Fixtures.refusal;
import static org.tlsward.policy.Fixtures.requireTlsSession;
import static org.tlsward.policy.Fixtures.session;
import static org.tlsward.policy.Fixtures.verdict;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tlsward.policy.Candidate.Origin;
import org.tlsward.policy.Decision.Persistence;
import org.tlsward.policy.Decision.Refuse;
import org.tlsward.policy.PeerCertificate.Chain;

/** RULES §1 to §5: DANE, MTA-STS and REQUIRETLS as far as decisions go. */
class RulesOfTheFieldTest {
    private static final Demand NOTHING = Demand.builder().build();
    private static final Demand REQUIRETLS = Demand.builder().requireTls().build();
    private static final TlsAttempt VALID = session(certificate(Chain.VALID, false, MX));

    @ParameterizedTest(name = "TLSA {0}, MTA-STS {1}, before connecting: {2}")
    @CsvSource({
        "NONE, NONE, proceed",
        // A look-up error is never absent. It defers.
        "LOOKUP_FAILED, NONE, dnssec-failed",
        "NONE, LOOKUP_FAILED, policy-unavailable",
        "USABLE, LOOKUP_FAILED, policy-unavailable",
        "LOOKUP_FAILED, ENFORCE, dnssec-failed",
        // enforce: the MX name must match.
        "NONE, ENFORCE, proceed",
        "NONE, ENFORCE_MX_MISMATCH, mtasts-mx-mismatch",
        "UNUSABLE, ENFORCE_MX_MISMATCH, mtasts-mx-mismatch",
        // testing: deliver, report.
        "NONE, TESTING, proceed",
        "NONE, TESTING_MX_MISMATCH, proceed",
        // RFC 8461 §3.3: no policy could be fetched, none is remembered.
        "NONE, NOT_FETCHED, proceed",
        "USABLE, ENFORCE, proceed",
        "UNUSABLE, NONE, proceed"
    })
    void publishedShouldDecideBeforeConnecting(TlsaRecords tlsa, MtaSts mtaSts, String expected) {
        assertThat(verdict(facts(NOTHING, tlsa, mtaSts))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "TLSA {0}, MTA-STS {1}, chain {2}, TLSA match {3}: {4}")
    @CsvSource({
        // DANE-EE: self-signed and expired are fine.
        "USABLE, NONE, UNTRUSTED, true, proceed",
        "USABLE, NONE, EXPIRED, true, proceed",
        // None matching defers, whatever MTA-STS says.
        "USABLE, NONE, VALID, false, dane-mismatch",
        "USABLE, ENFORCE, VALID, false, dane-mismatch",
        "USABLE, ENFORCE, UNTRUSTED, true, proceed",
        // All records unusable: TLS required, not authenticated by DANE.
        "UNUSABLE, NONE, UNTRUSTED, false, proceed",
        "UNUSABLE, ENFORCE, UNTRUSTED, false, certificate-untrusted",
        "UNUSABLE, ENFORCE, VALID, false, proceed",
        // A match means nothing where there is nothing to match.
        "NONE, ENFORCE, UNTRUSTED, true, certificate-untrusted",
        "NONE, TESTING, UNTRUSTED, false, proceed"
    })
    void publishedShouldDecideAboutTheCertificate(
            TlsaRecords tlsa, MtaSts mtaSts, Chain chain, boolean match, String expected) {
        assertThat(verdict(facts(NOTHING, tlsa, mtaSts).with(session(certificate(chain, match, MX)))))
                .isEqualTo(expected);
    }

    @Test
    @DisplayName("All records unusable => TLS required")
    void unusableRecordsShouldRequireTls() {
        assertThat(verdict(facts(NOTHING, TlsaRecords.UNUSABLE, MtaSts.NONE).with(NO_TLS)))
                .isEqualTo("tls-not-offered");
    }

    @Test
    @DisplayName("`authenticated` may still pass by MTA-STS, a `secure` rule or a pin where no TLSA is usable")
    void authenticatedShouldPassAnotherWayWhereNoRecordIsUsable() {
        Demand authenticated = Fixtures.demanding(Fixtures.AUTHENTICATED);
        assertThat(verdict(facts(authenticated, TlsaRecords.UNUSABLE, MtaSts.ENFORCE)
                        .with(VALID)))
                .isEqualTo("proceed");
        assertThat(verdict(
                        facts(authenticated, TlsaRecords.UNUSABLE, MtaSts.NONE).with(VALID)))
                .isEqualTo("mx-not-trusted");
        Demand pinned = Fixtures.demanding(Fixtures.AUTHENTICATED.join(Fixtures.pins(Fixtures.PIN)));
        assertThat(verdict(facts(pinned, TlsaRecords.UNUSABLE, MtaSts.NONE).with(Fixtures.selfSigned())))
                .isEqualTo("proceed");
    }

    @Test
    @DisplayName("MTA-STS never rescues a failing DANE check, not even where an exception ignores what is published")
    void mtaStsShouldNotProveWhereDaneFails() {
        Demand ignoring = Demand.builder()
                .exception(new PolicyException(
                        new DomainMatch.Any(),
                        TlsLevel.AUTHENTICATED,
                        Fixtures.AUTHENTICATED,
                        "test",
                        java.time.LocalDate.parse("2027-05-31"),
                        true))
                .build();
        assertThat(verdict(facts(ignoring, TlsaRecords.NONE, MtaSts.ENFORCE).with(VALID)))
                .isEqualTo("proceed");
        assertThat(verdict(facts(ignoring, TlsaRecords.USABLE, MtaSts.ENFORCE).with(VALID)))
                .isEqualTo("dane-mismatch");
        assertThat(verdict(facts(ignoring, TlsaRecords.LOOKUP_FAILED, MtaSts.ENFORCE)
                        .with(VALID)))
                .isEqualTo("dnssec-failed");
        // Nor is an enforced policy a proof if the certificate is not what it asks for.
        Facts enforced = facts(ignoring, TlsaRecords.NONE, MtaSts.ENFORCE);
        assertThat(verdict(enforced.with(Fixtures.selfSigned()))).isEqualTo("certificate-untrusted");
        assertThat(verdict(enforced.with(session(certificate(Chain.VALID, false, "mx.evil.example")))))
                .isEqualTo("certificate-name-mismatch");
    }

    @Test
    @DisplayName("Names of ours prove nothing unless the certificate carries them")
    void namesOfOursShouldProveOnlyIfTheyMatch() {
        Demand demand = Demand.builder()
                .mark("mark", Fixtures.AUTHENTICATED)
                .destination(Fixtures.destination("*", TlsLevel.SECURE))
                .build();
        Refuse refusal = refusal(facts(demand).with(session(certificate(Chain.VALID, false, "mx.evil.example"))));
        assertThat(refusal.reason()).isEqualTo(Reason.CERTIFICATE_NAME_MISMATCH);
        assertThat(refusal.unmet().get(0).by()).extracting(Contribution::name).containsExactly("mark", "*");
    }

    @Test
    @DisplayName("testing: what enforce would have said is recorded")
    void testingShouldBeObserved() {
        assertThat(PolicyEngine.decide(
                                facts(NOTHING, TlsaRecords.NONE, MtaSts.TESTING).with(NO_TLS))
                        .observations())
                .extracting(Decision.Observation::reason)
                .containsExactly(Reason.TLS_NOT_OFFERED);
        assertThat(PolicyEngine.decide(facts(NOTHING, TlsaRecords.NONE, MtaSts.TESTING_MX_MISMATCH)
                                .with(VALID))
                        .observations())
                .extracting(Decision.Observation::reason)
                .containsExactly(Reason.MTASTS_MX_MISMATCH);
        assertThat(PolicyEngine.decide(
                                facts(NOTHING, TlsaRecords.NONE, MtaSts.TESTING).with(VALID))
                        .observations())
                .isEmpty();
    }

    private static Facts requireTls(Origin origin, TlsaRecords tlsa, MtaSts mtaSts) {
        return new Facts(REQUIRETLS, new Candidate(MX, NEXT_HOP, origin), tlsa, mtaSts, new TlsAttempt.NotYet());
    }

    @ParameterizedTest(name = "REQUIRETLS, MX by {0}, TLSA {1}, MTA-STS {2}, peer {3}: {4} {5} {6}")
    @CsvSource({
        // The MX name must be trustworthy (DNSSEC or MTA-STS).
        "INSECURE_DNS, NONE, NONE, good, mx-not-trusted, FINAL, 5.7.10",
        "INSECURE_DNS, NONE, TESTING, good, mx-not-trusted, FINAL, 5.7.10",
        "INSECURE_DNS, NONE, ENFORCE, good, proceed, , ",
        "SECURE_DNS, NONE, NONE, good, proceed, , ",
        "CONFIGURATION, NONE, NONE, good, proceed, , ",
        // The certificate authenticated.
        "SECURE_DNS, NONE, NONE, self-signed, certificate-untrusted, FINAL, 5.7.10",
        "SECURE_DNS, NONE, NONE, other-name, certificate-name-mismatch, FINAL, 5.7.10",
        "SECURE_DNS, USABLE, NONE, dane, proceed, , ",
        "SECURE_DNS, UNUSABLE, NONE, good, proceed, , ",
        // REQUIRETLS listed after STARTTLS.
        "SECURE_DNS, NONE, NONE, not-listed, requiretls-unsupported, FINAL, 5.7.30",
        // No TLS: 5.7.10, permanent.
        "SECURE_DNS, NONE, NONE, cleartext, tls-not-offered, FINAL, 5.7.10",
        "SECURE_DNS, NONE, NONE, failed, tls-handshake-failed, FINAL, 5.7.10",
        // Network and look-up failures defer.
        "SECURE_DNS, NONE, NONE, interrupted, tls-handshake-failed, RETRY, 5.7.5",
        "SECURE_DNS, LOOKUP_FAILED, NONE, not-listed, dnssec-failed, RETRY, 5.7.5",
        "INSECURE_DNS, NONE, LOOKUP_FAILED, good, policy-unavailable, RETRY, 5.7.5"
    })
    void requireTlsShouldBeStrict(
            Origin origin,
            TlsaRecords tlsa,
            MtaSts mtaSts,
            String peer,
            String reason,
            Persistence persistence,
            String status) {
        TlsAttempt attempt =
                switch (peer) {
                    case "good" -> requireTlsSession(certificate(Chain.VALID, false, MX));
                    case "self-signed" -> requireTlsSession(certificate(Chain.UNTRUSTED, false, MX));
                    case "other-name" -> requireTlsSession(certificate(Chain.VALID, false, "mx.evil.example"));
                    case "dane" -> requireTlsSession(certificate(Chain.UNTRUSTED, true, MX));
                    case "not-listed" -> VALID;
                    case "cleartext" -> NO_TLS;
                    case "failed" -> new TlsAttempt.Failed(Reason.TLS_HANDSHAKE_FAILED, "internal_error");
                    default -> new TlsAttempt.Interrupted("reset");
                };
        Facts facts = requireTls(origin, tlsa, mtaSts).with(attempt);
        assertThat(verdict(facts)).isEqualTo(reason);
        if (PolicyEngine.decide(facts) instanceof Refuse refuse) {
            assertThat(refuse.persistence()).isEqualTo(persistence);
            assertThat(refuse.finalStatus()).isEqualTo(status);
        }
    }

    @Test
    @DisplayName("A class fails and REQUIRETLS does not: the patience of the class")
    void failureOfTheClassShouldNotBeFinalBecauseOfRequireTls() {
        Demand both = Demand.builder()
                .requireTls()
                .mark("m", Requirement.builder().minimum(TlsVersion.TLS_1_3).build())
                .build();
        TlsAttempt old = new TlsAttempt.Established(new PeerTls(
                "TLSv1.2", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", certificate(Chain.VALID, false, MX), true));
        Refuse refusal = refusal(facts(both, TlsaRecords.NONE, MtaSts.NONE).with(old));
        assertThat(refusal.reason()).isEqualTo(Reason.TLS_VERSION_TOO_LOW);
        assertThat(refusal.persistence()).isEqualTo(Persistence.RETRY);
    }

    @Test
    @DisplayName("Permanent at once only after every MX was reached")
    void severalHostsShouldBeSummedUp() {
        Refuse cleartext = refusal(
                requireTls(Origin.SECURE_DNS, TlsaRecords.NONE, MtaSts.NONE).with(NO_TLS));
        Refuse notListed = refusal(
                requireTls(Origin.SECURE_DNS, TlsaRecords.NONE, MtaSts.NONE).with(VALID));
        Refuse lookUp = refusal(requireTls(Origin.SECURE_DNS, TlsaRecords.LOOKUP_FAILED, MtaSts.NONE));
        assertThat(Refuse.ofAll(List.of(), true)).isEmpty();
        assertThat(Refuse.ofAll(List.of(cleartext, notListed), true)).contains(notListed);
        assertThat(Refuse.ofAll(List.of(cleartext, lookUp, notListed), true)).contains(lookUp);
        Refuse open = Refuse.ofAll(List.of(cleartext, notListed), false).orElseThrow();
        assertThat(open.persistence()).isEqualTo(Persistence.RETRY);
        assertThat(open.reason()).isEqualTo(Reason.REQUIRETLS_UNSUPPORTED);
        Refuse never = refusal(facts(Fixtures.demanding(Requirement.NEVER)));
        assertThat(Refuse.ofAll(List.of(never), false)).contains(never);
    }

    @Test
    @DisplayName("RULES §9: IP literals only against IP SANs")
    void addressShouldMatchAddressEntriesOnly() {
        PeerCertificate byName = certificate(Chain.VALID, false, "192.0.2.7", "*.0.2.7");
        PeerCertificate byAddress = new PeerCertificate(
                Chain.VALID, "", List.of(), Set.of(Fixtures.address("192.0.2.7")), List.of(Fixtures.PIN), false);
        Facts literal = new Facts(
                Fixtures.demanding(TlsLevel.SECURE.requirement().join(TlsLevel.VERIFY.requirement())),
                new Candidate("192.0.2.7", "192.0.2.7", Origin.CONFIGURATION),
                TlsaRecords.NONE,
                MtaSts.NONE,
                new TlsAttempt.NotYet());
        assertThat(verdict(literal.with(session(byName)))).isEqualTo("certificate-name-mismatch");
        assertThat(verdict(literal.with(session(byAddress)))).isEqualTo("proceed");
        assertThat(byAddress.isFor("no host")).isFalse();
        assertThat(byAddress.isForOrBelow("no host")).isFalse();
    }

    @Test
    void pinShouldBeOfTheLeaf() {
        PeerCertificate issuedByPinned = new PeerCertificate(
                Chain.VALID, "", List.of(MX), Set.of(), List.of(Fixtures.OTHER_PIN, Fixtures.PIN), false);
        Facts facts = facts(Fixtures.demanding(Fixtures.pins(Fixtures.PIN)));
        assertThat(verdict(facts.with(session(issuedByPinned)))).isEqualTo("fingerprint-mismatch");
    }

    @Test
    void handshakeShouldFailForReasonsOfAHandshakeOnly() {
        assertThatThrownBy(() -> new TlsAttempt.Failed(Reason.DANE_MISMATCH, ""))
                .hasMessageContaining("unsupported reason \"dane-mismatch\"");
    }
}
