/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tlsward.policy.Fixtures.MX;
import static org.tlsward.policy.Fixtures.certificate;
import static org.tlsward.policy.Fixtures.demanding;
import static org.tlsward.policy.Fixtures.facts;
import static org.tlsward.policy.Fixtures.names;
import static org.tlsward.policy.Fixtures.pins;
import static org.tlsward.policy.Fixtures.session;
import static org.tlsward.policy.Fixtures.verdict;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tlsward.policy.Decision.StartTls;
import org.tlsward.policy.PeerCertificate.Chain;

/** The first half of DESIGN §5: levels, fields, what each means for a peer. */
class DesignSection5LevelsTest {

    private static TlsAttempt peer(String word) {
        return switch (word) {
            case "cleartext" -> Fixtures.NO_TLS;
            case "trusted" -> session(certificate(Chain.VALID, false, MX));
            case "self-signed" -> session(certificate(Chain.UNTRUSTED, false, MX));
            case "expired" -> session(certificate(Chain.EXPIRED, false, MX));
            case "other-name" -> session(certificate(Chain.VALID, false, "mx.evil.example"));
            case "next-hop" -> session(certificate(Chain.VALID, false, "partner.example"));
            case "below" -> session(certificate(Chain.VALID, false, "*.partner.example"));
            case "tls12" -> session(
                    "TLSv1.2", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", certificate(Chain.VALID, false, MX));
            case "static-rsa" -> session(
                    "TLSv1.2", "TLS_RSA_WITH_AES_128_GCM_SHA256", certificate(Chain.VALID, false, MX));
            case "tls10" -> session("TLSv1", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", certificate(Chain.VALID, false, MX));
            case "anonymous" -> session(
                    "TLSv1.2", "TLS_DH_anon_WITH_AES_128_GCM_SHA256", certificate(Chain.VALID, false, MX));
            case "dane" -> session(certificate(Chain.UNTRUSTED, true, MX));
            default -> throw new IllegalArgumentException(word);
        };
    }

    @ParameterizedTest(name = "{0} at a peer {1}: {2}")
    @CsvSource({
        // none, may, dane: require nothing by themselves.
        "none, cleartext, proceed",
        "may, cleartext, proceed",
        "dane, cleartext, proceed",
        "may, self-signed, proceed",
        "may, anonymous, proceed",
        // encrypt: TLS, any certificate.
        "encrypt, cleartext, tls-not-offered",
        "encrypt, self-signed, proceed",
        "encrypt, expired, proceed",
        "encrypt, other-name, proceed",
        "encrypt, anonymous, tls-cipher-too-weak",
        // verify: valid chain and MX name.
        "verify, trusted, proceed",
        "verify, below, proceed",
        "verify, self-signed, certificate-untrusted",
        "verify, expired, certificate-expired",
        "verify, other-name, certificate-name-mismatch",
        "verify, next-hop, certificate-name-mismatch",
        // secure: valid chain and one of names (default: next hop and its subdomains).
        "secure, next-hop, proceed",
        "secure, below, proceed",
        "secure, trusted, proceed",
        "secure, other-name, certificate-name-mismatch",
        "secure, self-signed, certificate-untrusted",
        "secure, cleartext, tls-not-offered",
        // dane-only: matching DANE. There are no TLSA records here.
        "dane-only, trusted, dane-required",
        // authenticated: never verify alone, whose MX name an attacker on DNS chooses.
        "authenticated, trusted, mx-not-trusted",
        "authenticated, self-signed, mx-not-trusted",
        // never: always withheld.
        "never, trusted, never-by-mail",
        "never, dane, never-by-mail"
    })
    void levelShouldMeanForAPeer(String level, String peer, String expected) {
        Demand demand = demanding(TlsLevel.of(level).orElseThrow().requirement());
        assertThat(verdict(facts(demand).with(peer(peer)))).isEqualTo(expected);
    }

    /** "secure: one of names", and the fields that rules add to a level. */
    @ParameterizedTest(name = "{0} at a peer {1}: {2}")
    @CsvSource({
        "names, trusted, proceed",
        "names, next-hop, certificate-name-mismatch",
        "names, self-signed, certificate-untrusted",
        // fingerprint: one of the pinned SHA-256.
        "pin, self-signed, proceed",
        "pin, other-name, proceed",
        "other-pin, trusted, fingerprint-mismatch",
        "two-pins, trusted, proceed",
        // minimum TLS version.
        "tls1.3, trusted, proceed",
        "tls1.3, tls12, tls-version-too-low",
        "tls1.2, tls12, proceed",
        "tls1.2, tls10, tls-version-too-low",
        // forwardSecrecy.
        "forward-secrecy, trusted, proceed",
        "forward-secrecy, tls12, proceed",
        "forward-secrecy, static-rsa, tls-cipher-too-weak",
        // authenticated: secure or a pin.
        "authenticated+names, trusted, proceed",
        "authenticated+names, next-hop, certificate-name-mismatch",
        "authenticated+secure, next-hop, proceed",
        "authenticated+pin, self-signed, proceed",
        "authenticated+other-pin, trusted, fingerprint-mismatch",
        // names, pins: empty = UNSATISFIABLE: withheld.
        "names+no-name, trusted, configuration-error",
        "pin+other-pin, trusted, configuration-error"
    })
    void fieldShouldMeanForAPeer(String fields, String peer, String expected) {
        Demand demand = demanding(joined(fields));
        assertThat(verdict(facts(demand).with(peer(peer)))).isEqualTo(expected);
    }

    private static Requirement joined(String fields) {
        Map<String, Requirement> known = Map.of(
                "names", names(MX),
                "no-name", names("elsewhere.example"),
                "pin", pins(Fixtures.PIN),
                "other-pin", pins(Fixtures.OTHER_PIN),
                "two-pins", pins(Fixtures.PIN, Fixtures.OTHER_PIN),
                "tls1.2", Requirement.builder().minimum(TlsVersion.TLS_1_2).build(),
                "tls1.3", Requirement.builder().minimum(TlsVersion.TLS_1_3).build(),
                "forward-secrecy", Requirement.builder().forwardSecrecy().build(),
                "authenticated", TlsLevel.AUTHENTICATED.requirement(),
                "secure", TlsLevel.SECURE.requirement());
        return List.of(fields.split("\\+", -1)).stream().map(known::get).reduce(Requirement.NOTHING, Requirement::join);
    }

    @ParameterizedTest(name = "{0} with TLSA {1} and MTA-STS {2} at a peer {3}: {4}")
    @CsvSource({
        // What the destination publishes counts at every level.
        "may, USABLE, NONE, dane, proceed",
        "may, USABLE, NONE, trusted, dane-mismatch",
        "none, USABLE, NONE, cleartext, tls-not-offered",
        "dane, USABLE, NONE, self-signed, dane-mismatch",
        "may, NONE, ENFORCE, trusted, proceed",
        "may, NONE, ENFORCE, self-signed, certificate-untrusted",
        "may, NONE, ENFORCE, other-name, certificate-name-mismatch",
        "may, NONE, ENFORCE, cleartext, tls-not-offered",
        // dane-only: matching DANE.
        "dane-only, USABLE, NONE, dane, proceed",
        "dane-only, USABLE, NONE, trusted, dane-mismatch",
        "dane-only, UNUSABLE, ENFORCE, trusted, dane-required",
        "dane-only, LOOKUP_FAILED, NONE, trusted, dnssec-failed",
        // authenticated: matching DANE, enforced MTA-STS.
        "authenticated, USABLE, NONE, dane, proceed",
        "authenticated, USABLE, NONE, self-signed, dane-mismatch",
        "authenticated, NONE, ENFORCE, trusted, proceed",
        "authenticated, NONE, TESTING, trusted, mx-not-trusted",
        // never verify alone: a secure MX answer makes no difference.
        "authenticated, NONE, NONE, trusted, mx-not-trusted",
        "authenticated, NONE, NOT_FETCHED, trusted, policy-unavailable"
    })
    void levelShouldMeanWithWhatIsPublished(
            String level, TlsaRecords tlsa, MtaSts mtaSts, String peer, String expected) {
        Demand demand = demanding(TlsLevel.of(level).orElseThrow().requirement());
        assertThat(verdict(facts(demand, tlsa, mtaSts).with(peer(peer)))).isEqualTo(expected);
    }

    private static StartTls startTls(Facts facts) {
        return Fixtures.proceeding(facts).startTls();
    }

    @Test
    @DisplayName("`none` also suppresses STARTTLS, only where the joined requirement is empty")
    void noneShouldSuppressStartTlsOnlyWhereNothingIsRequired() {
        Demand none = Demand.builder()
                .recipientClasses(List.of(Fixtures.general()))
                .destination(Fixtures.destination("partner.example", TlsLevel.NONE))
                .build();
        assertThat(startTls(facts(none))).isEqualTo(StartTls.NONE);
        assertThat(startTls(facts(none, TlsaRecords.USABLE, MtaSts.NONE))).isEqualTo(StartTls.REQUIRED);
        Demand medicalToo = Demand.builder()
                .recipientClasses(List.of(Fixtures.medical()))
                .destination(Fixtures.destination("partner.example", TlsLevel.NONE))
                .build();
        assertThat(startTls(facts(medicalToo))).isEqualTo(StartTls.REQUIRED);
        Demand may =
                Demand.builder().recipientClasses(List.of(Fixtures.general())).build();
        assertThat(startTls(facts(may))).isEqualTo(StartTls.IF_OFFERED);
    }

    @Test
    @DisplayName(
            "RULES §2: cleartext fallback exists only at level `may`, and never on a message that carries a requirement")
    void cleartextShouldFollowAFailedHandshakeOnlyWhereNothingIsRequired() {
        TlsAttempt failed = new TlsAttempt.Failed(Reason.TLS_HANDSHAKE_FAILED, "handshake_failure");
        Demand may =
                Demand.builder().recipientClasses(List.of(Fixtures.general())).build();
        assertThat(startTls(facts(may).with(failed))).isEqualTo(StartTls.NONE);
        assertThat(startTls(facts(may).with(Fixtures.NO_TLS))).isEqualTo(StartTls.NONE);
        assertThat(startTls(facts(may).with(Fixtures.selfSigned()))).isEqualTo(StartTls.IF_OFFERED);
        Demand marked = Demand.builder().mark("mark", Fixtures.ENCRYPT).build();
        assertThat(verdict(facts(marked).with(failed))).isEqualTo("tls-handshake-failed");
        assertThat(verdict(facts(marked).with(new TlsAttempt.Interrupted("reset"))))
                .isEqualTo("tls-handshake-failed");
        assertThat(verdict(facts(marked).with(new TlsAttempt.Failed(Reason.TLS_VERSION_TOO_LOW, "protocol_version"))))
                .isEqualTo("tls-version-too-low");
    }

    @Test
    @DisplayName(
            "`never` is unsatisfiable by intent: withheld before any connection, at once, by the class that says so")
    void neverShouldBeFinalBeforeConnecting() {
        ClassRule sealed = Fixtures.classOf("sealed", TlsLevel.NEVER);
        Decision.Refuse refusal = Fixtures.refusal(
                facts(Demand.builder().recipientClasses(List.of(sealed)).build()));
        assertThat(refusal.reason()).isEqualTo(Reason.NEVER_BY_MAIL);
        assertThat(refusal.persistence()).isEqualTo(Decision.Persistence.FINAL);
        assertThat(refusal.finalStatus()).isEqualTo("5.7.1");
        assertThat(refusal.unmet().get(0).by()).extracting(Contribution::name).containsExactly("sealed");
    }

    @Test
    @DisplayName("empty = UNSATISFIABLE, else withheld: both rules are named, and an admin can mend it, so it waits")
    void rulesThatExcludeEachOtherShouldBothBeNamed() {
        Demand demand = Demand.builder()
                .mark("mark", names("mx.a.example"))
                .destination(Fixtures.destination("partner.example", TlsLevel.SECURE, names("mx.b.example")))
                .build();
        Decision.Refuse refusal = Fixtures.refusal(facts(demand));
        assertThat(refusal.reason()).isEqualTo(Reason.CONFIGURATION_ERROR);
        assertThat(refusal.persistence()).isEqualTo(Decision.Persistence.RETRY);
        assertThat(refusal.deferredStatus()).isEqualTo("4.3.5");
        assertThat(refusal.unmet().get(0).by())
                .extracting(Contribution::name)
                .containsExactly("mark", "partner.example");
    }

    @Test
    void levelsShouldKeepTheirWords() {
        assertThat(TlsLevel.words())
                .isEqualTo("none, may, dane, encrypt, verify, secure, fingerprint, dane-only, authenticated, never");
        assertThat(TlsLevel.of("DANE-ONLY")).contains(TlsLevel.DANE_ONLY);
        assertThat(TlsLevel.of("dane_only")).isEmpty();
        assertThat(TlsLevel.FINGERPRINT.word()).isEqualTo("fingerprint");
    }
}
