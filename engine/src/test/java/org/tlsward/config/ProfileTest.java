/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tlsward.config.ConfigurationDirectory.medical;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.tlsward.policy.ClassRule;
import org.tlsward.policy.InboundMinimum;
import org.tlsward.policy.Requirement;
import org.tlsward.policy.TlsLevel;
import org.tlsward.policy.TlsVersion;

class ProfileTest {
    @TempDir
    Path root;

    ConfigurationDirectory directory;

    @BeforeEach
    void makeDirectory() {
        directory = new ConfigurationDirectory(root);
    }

    private ClassRule rule(String profile, String inside) {
        return directory
                .read(medical("profile=\"" + profile + "\"", inside))
                .rules()
                .get("medical");
    }

    private List<String> problems(String profile, String inside) {
        return directory.problems(medical("profile=\"" + profile + "\"", inside));
    }

    @Test
    void obligatoryShouldBeTls12() {
        ClassRule rule = rule("dsk-obligatory", "");

        assertThat(rule.inbound().minimum()).isEqualTo(InboundMinimum.TLS_1_2);
        assertThat(rule.outbound().level()).isEqualTo(TlsLevel.ENCRYPT);
        assertThat(rule.outbound().required())
                .isEqualTo(Requirement.builder().minimum(TlsVersion.TLS_1_2).build());
    }

    @Test
    void qualifiedShouldBeAuthenticatedWithForwardSecrecy() {
        ClassRule rule = rule("dsk-qualified", "");

        assertThat(rule.inbound().minimum()).isEqualTo(InboundMinimum.TLS_1_2);
        assertThat(rule.outbound().level()).isEqualTo(TlsLevel.AUTHENTICATED);
        assertThat(rule.outbound().required())
                .isEqualTo(Requirement.builder()
                        .authenticated()
                        .forwardSecrecy()
                        .minimum(TlsVersion.TLS_1_2)
                        .build());
    }

    @Test
    void bsiShouldBeTls12WithForwardSecrecy() {
        ClassRule rule = rule("bsi-tr-03108", "");

        assertThat(rule.inbound().minimum()).isEqualTo(InboundMinimum.TLS_1_2);
        assertThat(rule.outbound().level()).isEqualTo(TlsLevel.ENCRYPT);
        assertThat(rule.outbound().required())
                .isEqualTo(Requirement.builder()
                        .forwardSecrecy()
                        .minimum(TlsVersion.TLS_1_2)
                        .build());
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    void elementsWithoutAttributesShouldKeepTheProfile(Profile profile) {
        assertThat(rule(profile.word(), "<inbound/><outbound/>")).isEqualTo(rule(profile.word(), ""));
    }

    @Test
    void explicitValuesShouldRaise() {
        ClassRule rule = rule(
                "dsk-qualified",
                "<inbound minimum=\"TLSv1.3\"/><outbound level=\"dane-only\" minimum=\"TLSv1.3\" forwardSecrecy=\"true\"/>");

        assertThat(rule.inbound().minimum()).isEqualTo(InboundMinimum.TLS_1_3);
        assertThat(rule.outbound().level()).isEqualTo(TlsLevel.DANE_ONLY);
        assertThat(rule.outbound().required())
                .isEqualTo(Requirement.builder()
                        .dane()
                        .authenticated()
                        .forwardSecrecy()
                        .minimum(TlsVersion.TLS_1_3)
                        .build());
    }

    @ParameterizedTest
    @CsvSource({"dsk-obligatory,none", "dsk-obligatory,any", "dsk-qualified,any", "bsi-tr-03108,none"})
    void lowerInboundMinimumShouldBeRefused(String profile, String minimum) {
        assertThat(problems(profile, "<inbound minimum=\"" + minimum + "\"/>"))
                .containsExactly("tlsward.xml:1: classes.class(medical).inbound@minimum: \"" + minimum
                        + "\" is weaker than the profile " + profile
                        + " (expected: TLSv1.2 or newer; or take the profile away)");
    }

    @ParameterizedTest
    @CsvSource({
        "dsk-obligatory,none",
        "dsk-obligatory,may",
        "dsk-obligatory,dane",
        "bsi-tr-03108,may",
        "dsk-qualified,encrypt",
        "dsk-qualified,verify"
    })
    void lowerLevelShouldBeRefused(String profile, String level) {
        assertThat(problems(profile, "<outbound level=\"" + level + "\"/>"))
                .singleElement()
                .asString()
                .startsWith("tlsward.xml:1: classes.class(medical).outbound@level: \"" + level
                        + "\" is weaker than the profile " + profile + " (expected: ")
                .contains("dane-only", "authenticated");
    }

    @ParameterizedTest
    @CsvSource({"secure", "dane-only", "authenticated", "never"})
    void levelThatAuthenticatesShouldDoForQualified(String level) {
        assertThat(rule("dsk-qualified", "<outbound level=\"" + level + "\"/>")
                        .outbound()
                        .required()
                        .authenticated())
                .isTrue();
    }

    @Test
    void pinShouldDoForQualified() {
        assertThat(problems("dsk-qualified", "<outbound level=\"fingerprint\" sha256=\"" + "ab".repeat(32) + "\"/>"))
                .isEmpty();
    }

    @Test
    void switchingForwardSecrecyOffShouldBeRefused() {
        assertThat(problems("bsi-tr-03108", "<outbound forwardSecrecy=\"false\"/>"))
                .containsExactly(
                        "tlsward.xml:1: classes.class(medical).outbound@forwardSecrecy: \"false\" is weaker than the"
                                + " profile bsi-tr-03108 (expected: true; or take the profile away)");
        assertThat(problems("dsk-obligatory", "<outbound forwardSecrecy=\"false\"/>"))
                .isEmpty();
    }

    @Test
    void unknownProfileShouldBeRefused() {
        assertThat(problems("dsk", ""))
                .containsExactly("tlsward.xml:1: classes.class(medical)@profile: unsupported value \"dsk\" (expected:"
                        + " dsk-obligatory, dsk-qualified, bsi-tr-03108)");
    }
}
