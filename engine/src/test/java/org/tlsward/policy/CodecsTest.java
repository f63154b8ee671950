/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tlsward.policy.Fixtures.ENCRYPT;
import static org.tlsward.policy.Fixtures.names;
import static org.tlsward.policy.Fixtures.pins;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link RequirementText} and {@link RequireHeader}; the round trips are in {@link RequirementLawsTest}. */
class CodecsTest {

    @Test
    void textShouldBeReadable() {
        assertThat(RequirementText.format(Requirement.NOTHING)).isEqualTo("v1;nothing");
        assertThat(RequirementText.format(Requirement.builder()
                        .minimum(TlsVersion.TLS_1_2)
                        .requireTls()
                        .build()))
                .isEqualTo("v1;encrypted;requiretls;minimum=TLSv1.2");
        assertThat(RequirementText.format(names("mx.example", ".lab.example")))
                .isEqualTo("v1;encrypted;chain;names=.lab.example,mx.example");
        assertThat(RequirementText.format(Requirement.UNSATISFIABLE)).isEqualTo("v1;encrypted;pins=");
        assertThat(RequirementText.format(Requirement.NEVER)).isEqualTo("v1;encrypted;never");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "v1",
                "v1;",
                "v2;encrypted",
                "v1;encrypted;requi",
                "v1;encrypted;post-quantum",
                "encrypted",
                "v1;Encrypted",
                "v1;encrypted;minimum=TLSv1.9",
                "v1;encrypted;chain;names=a b",
                "v1;encrypted;encrypted",
                "v1;nothing;encrypted",
                "v1;nothing;nothing",
                "v1;chain",
                " v1;nothing",
                "v1;minimum=TLSv1.2;encrypted",
                "v1;encrypted;pins=AB",
                "null"
            })
    void damagedTextShouldBeUnsatisfiableAndNotNever(String text) {
        assertThat(RequirementText.parse(text)).isEqualTo(Requirement.UNSATISFIABLE);
    }

    @Property
    void parsersShouldNeverThrow(@ForAll String text) {
        assertThat(RequirementText.parse(text).isUnsatisfiable()).isTrue();
        assertThat(RequireHeader.parse(text)).isNotNull();
        assertThat(RequirementText.parse("v1;" + text)).isNotNull();
        assertThat(RequireHeader.parse("encrypt;" + text).atLeast(ENCRYPT)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "encrypt, v1;encrypted",
        "' ENCRYPT ', v1;encrypted",
        "may, v1;nothing",
        "encrypt; requiretls, v1;encrypted;requiretls",
        "may;RequireTLS, v1;encrypted;requiretls",
        "authenticated; minimum=TLSv1.3; forward-secrecy, v1;encrypted;authenticated;forward-secrecy;minimum=TLSv1.3",
        "never, v1;encrypted;never",
        "dane-only, v1;encrypted;dane",
        // What cannot be read is not ignored.
        "fingerprint, v1;encrypted;pins=",
        "encrypted, v1;encrypted;pins=",
        "'', v1;encrypted;pins=",
        "encrypt;, v1;encrypted;pins=",
        "encrypt; requiretls=no, v1;encrypted;pins=",
        "may; minimum=TLSv9, v1;encrypted;pins="
    })
    void headerShouldBeRead(String value, String expected) {
        assertThat(RequirementText.format(RequireHeader.parse(value))).isEqualTo(expected);
    }

    @Test
    void headersShouldBeJoined() {
        assertThat(RequireHeader.parse(List.of("verify", "may; requiretls")))
                .isEqualTo(
                        Requirement.builder().validChain().mxName().requireTls().build());
        assertThat(RequireHeader.parse(List.of())).isEqualTo(Requirement.NOTHING);
    }

    @Test
    void headerShouldSayTheLevel() {
        assertThat(RequireHeader.values(Requirement.NOTHING)).isEmpty();
        assertThat(RequireHeader.values(ENCRYPT)).containsExactly("encrypt");
        assertThat(RequireHeader.values(TlsLevel.VERIFY.requirement())).containsExactly("verify");
        assertThat(RequireHeader.values(TlsLevel.SECURE.requirement())).containsExactly("secure");
        assertThat(RequireHeader.values(Requirement.builder().requireTls().build()))
                .containsExactly("encrypt; requiretls");
        assertThat(RequireHeader.values(TlsLevel.DANE_ONLY.requirement().join(TlsLevel.VERIFY.requirement())))
                .containsExactly("dane-only", "verify");
        assertThat(RequireHeader.values(Fixtures.AUTHENTICATED.join(Requirement.builder()
                        .minimum(TlsVersion.TLS_1_2)
                        .forwardSecrecy()
                        .build())))
                .containsExactly("authenticated; minimum=TLSv1.2; forward-secrecy");
        assertThat(RequireHeader.values(Requirement.NEVER)).containsExactly("never");
        assertThat(RequireHeader.values(pins(Fixtures.PIN))).containsExactly("never");
    }

    /** The reasons of DESIGN §6; who changes one breaks somebody's configuration. */
    @Test
    void reasonsShouldKeepTheirWordsAndCodes() {
        assertThat(java.util.Arrays.stream(Reason.values())
                        .map(reason -> reason.word() + " " + reason.deferredStatus() + " " + reason.finalStatus()))
                .containsExactlyInAnyOrder(
                        "tls-not-offered 4.7.4 5.7.4",
                        "tls-handshake-failed 4.7.5 5.7.5",
                        "tls-version-too-low 4.7.5 5.7.5",
                        "tls-cipher-too-weak 4.7.5 5.7.5",
                        "certificate-untrusted 4.7.5 5.7.5",
                        "certificate-name-mismatch 4.7.5 5.7.5",
                        "certificate-expired 4.7.5 5.7.5",
                        "dane-mismatch 4.7.5 5.7.5",
                        "dane-required 4.7.5 5.7.5",
                        "dnssec-failed 4.7.5 5.7.5",
                        "mx-not-trusted 4.7.5 5.7.5",
                        "mtasts-mx-mismatch 4.7.5 5.7.5",
                        "policy-unavailable 4.7.5 5.7.5",
                        "requiretls-unsupported 4.7.30 5.7.30",
                        "fingerprint-mismatch 4.7.5 5.7.5",
                        "class-unknown 4.3.0 5.3.0",
                        "never-by-mail 4.7.1 5.7.1",
                        "emergency 4.7.0 5.7.0",
                        "configuration-error 4.3.5 5.3.5");
        assertThat(Reason.values()).allMatch(reason -> Reason.of(reason.word()).orElseThrow() == reason);
        assertThat(Reason.NEVER_BY_MAIL.mender()).isEqualTo(Reason.Mender.SENDER);
        assertThat(Reason.FINGERPRINT_MISMATCH.mender()).isEqualTo(Reason.Mender.OUR_ADMIN);
        assertThat(Reason.TLS_NOT_OFFERED.mender()).isEqualTo(Reason.Mender.RECIPIENT_SIDE);
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.3, TLS_AES_256_GCM_SHA384, true, true",
        "TLSv1.2, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, true, true",
        "TLSv1.2, TLS_DHE_RSA_WITH_AES_128_GCM_SHA256, true, true",
        "TLSv1.2, TLS_RSA_WITH_AES_128_GCM_SHA256, true, false",
        "TLSv1.2, TLS_ECDH_RSA_WITH_AES_128_GCM_SHA256, true, false",
        "TLSv1.2, TLS_DH_anon_WITH_AES_128_GCM_SHA256, false, false",
        "TLSv1.2, TLS_ECDHE_RSA_WITH_NULL_SHA, false, true",
        "TLSv1.2, TLS_NULL_WITH_NULL_NULL, false, false",
        "TLSv1, SSL_RSA_EXPORT_WITH_RC4_40_MD5, false, false",
        "TLSv1, TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA, false, true",
        "TLSv1, SSL_RSA_WITH_DES_CBC_SHA, false, false",
        "TLSv1.2, TLS_RSA_WITH_RC4_128_SHA, false, false"
    })
    void suitesShouldBeKnown(String protocol, String suite, boolean sound, boolean forwardSecret) {
        PeerTls peer = new PeerTls(
                protocol, suite, Fixtures.certificate(PeerCertificate.Chain.VALID, false, "mx.example"), false);
        assertThat(peer.isSound()).isEqualTo(sound);
        assertThat(peer.isForwardSecret()).isEqualTo(forwardSecret);
    }
}
