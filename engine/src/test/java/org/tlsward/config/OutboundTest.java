/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tlsward.config.ConfigurationDirectory.medical;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tlsward.policy.NamePattern;
import org.tlsward.policy.OutboundRule;
import org.tlsward.policy.Requirement;
import org.tlsward.policy.TlsLevel;
import org.tlsward.policy.TlsVersion;

class OutboundTest {
    private static final String PIN = "0123456789abcdef".repeat(4);

    @TempDir
    Path root;

    ConfigurationDirectory directory;

    @BeforeEach
    void makeDirectory() {
        directory = new ConfigurationDirectory(root);
    }

    private OutboundRule outbound(String attributes) {
        return directory
                .read(medical("<outbound " + attributes + "/>"))
                .rules()
                .get("medical")
                .outbound();
    }

    private List<String> problems(String attributes) {
        return directory.problems(medical("<outbound " + attributes + "/>"));
    }

    @ParameterizedTest
    @EnumSource(value = TlsLevel.class, mode = EnumSource.Mode.EXCLUDE, names = "FINGERPRINT")
    void levelShouldRequireWhatItMeans(TlsLevel level) {
        OutboundRule rule = outbound("level=\"" + level.word() + "\"");

        assertThat(rule.level()).isEqualTo(level);
        assertThat(rule.required()).isEqualTo(level.requirement());
        assertThat(rule.observe()).isEmpty();
    }

    @Test
    void conditionsShouldJoinTheLevel() {
        assertThat(outbound(
                                "level=\"verify\" minimum=\"TLSv1.3\" forwardSecrecy=\"true\" names=\"mx.a.example, .b.example\"")
                        .required())
                .isEqualTo(TlsLevel.VERIFY
                        .requirement()
                        .join(Requirement.builder()
                                .minimum(TlsVersion.TLS_1_3)
                                .forwardSecrecy()
                                .names(List.of(NamePattern.parse("mx.a.example"), NamePattern.parse(".b.example")))
                                .build()));
    }

    @Test
    void namesOfSecureShouldReplaceTheNextHop() {
        Requirement required =
                outbound("level=\"secure\" names=\"mx.partner.example\"").required();

        assertThat(required.nextHopName()).isFalse();
        assertThat(required.validChain()).isTrue();
        assertThat(required.names().orElseThrow()).containsExactly(NamePattern.parse("mx.partner.example"));
        assertThat(outbound("level=\"secure\"").required().nextHopName()).isTrue();
    }

    @Test
    void pinsShouldTolerateColonsAndCase() {
        String colons = PIN.toUpperCase(java.util.Locale.ROOT).replaceAll("(..)(?!$)", "$1:");

        assertThat(outbound("level=\"fingerprint\" sha256=\"" + colons + "\"")
                        .required()
                        .pins()
                        .orElseThrow())
                .containsExactly(PIN);
    }

    @Test
    void fingerprintWithoutPinsShouldBeRefused() {
        assertThat(problems("level=\"fingerprint\""))
                .singleElement()
                .asString()
                .contains("outbound@level: \"fingerprint\" needs sha256 beside it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "names=\"\"",
                "names=\" , \"",
                "names=\"a..example\"",
                "names=\"*\"",
                "sha256=\"\"",
                "sha256=\"abc\"",
                "sha256=\"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdeg\"",
                "minimum=\"TLSv1.1\"",
                "minimum=\"any\"",
                "minimum=\"\"",
                "forwardSecrecy=\"yes\"",
                "observe=\"strict\"",
                "warnAfter=\"15\"",
                "warnAfter=\"0m\"",
                "warnAfter=\"-1m\"",
                "warnAfter=\"1.5h\"",
                "warnAfter=\"9999999d\"",
                "giveUpAfter=\"1w\"",
                "giveUpAfter=\"4h30m\"",
                "giveUpAfter=\"4 hours\"",
            })
    void wrongValueShouldBeRefused(String attribute) {
        String name = attribute.substring(0, attribute.indexOf('='));

        assertThat(problems("level=\"verify\" " + attribute))
                .singleElement()
                .asString()
                .startsWith("tlsward.xml:1: classes.class(medical).outbound@" + name + ": unsupported value \"");
    }

    @ParameterizedTest
    @CsvSource({"30s,PT30S", "15m,PT15M", "4h,PT4H", "5d,PT120H"})
    void durationShouldBeANumberAndAUnit(String text, Duration duration) {
        assertThat(outbound("level=\"encrypt\" giveUpAfter=\"" + text + "\"").giveUpAfter())
                .isEqualTo(duration);
    }

    @Test
    void timesShouldBeTheUsualOnes() {
        OutboundRule rule = outbound("level=\"encrypt\"");

        assertThat(rule.warnAfter()).isEqualTo(Duration.ofHours(4));
        assertThat(rule.giveUpAfter()).isEqualTo(Duration.ofDays(5));
    }

    @Test
    void warningShouldNotComeAfterTheEnd() {
        assertThat(outbound("level=\"encrypt\" giveUpAfter=\"1h\"").warnAfter()).isEqualTo(Duration.ofHours(1));
        assertThat(problems("level=\"encrypt\" warnAfter=\"2h\" giveUpAfter=\"1h\""))
                .singleElement()
                .asString()
                .contains("outbound@warnAfter: the sender would be warned after the mail was given up");
    }

    @ParameterizedTest
    @CsvSource({"none", "may", "dane"})
    void conditionWithoutTlsShouldBeRefused(String level) {
        assertThat(problems("level=\"" + level
                        + "\" minimum=\"TLSv1.3\" names=\"mx.example\" forwardSecrecy=\"true\" sha256=\"" + PIN + "\""))
                .hasSize(4)
                .allSatisfy(
                        problem -> assertThat(problem).contains("level \"" + level + "\" does not even require TLS"));
        assertThat(problems("level=\"" + level + "\" forwardSecrecy=\"false\"")).isEmpty();
    }

    @Test
    void observedLevelShouldJoinWhatIsEnforced() {
        OutboundRule rule = outbound("level=\"encrypt\" minimum=\"TLSv1.2\" observe=\"dane-only\"");

        assertThat(rule.required())
                .isEqualTo(Requirement.builder()
                        .encrypted()
                        .minimum(TlsVersion.TLS_1_2)
                        .build());
        assertThat(rule.observe())
                .contains(
                        Requirement.builder().dane().minimum(TlsVersion.TLS_1_2).build());
    }

    @Test
    void namesShouldBelongToTheObservedLevelWhereAnyCertificateWillDo() {
        OutboundRule rule = outbound("level=\"encrypt\" observe=\"secure\" names=\"mx.partner.example\"");

        assertThat(rule.required()).isEqualTo(TlsLevel.ENCRYPT.requirement());
        assertThat(rule.observe())
                .contains(Requirement.builder()
                        .names(List.of(NamePattern.parse("mx.partner.example")))
                        .build());
        OutboundRule pinned = outbound("level=\"may\" observe=\"fingerprint\" sha256=\"" + PIN + "\"");
        assertThat(pinned.required()).isEqualTo(Requirement.NOTHING);
        assertThat(pinned.observe())
                .contains(Requirement.builder().pins(List.of(PIN)).build());
        assertThat(outbound("level=\"encrypt\" observe=\"dane-only\" names=\"mx.partner.example\"")
                        .required()
                        .names())
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({"encrypt,may", "verify,encrypt", "dane-only,authenticated", "encrypt,never", "never,verify"})
    void nothingToObserveShouldBeRefused(String level, String observe) {
        assertThat(problems("level=\"" + level + "\" observe=\"" + observe + "\""))
                .singleElement()
                .asString()
                .contains("outbound@observe: there is nothing to observe beyond level \"" + level + "\"");
    }

    @Test
    void observedFingerprintShouldNeedPins() {
        assertThat(problems("level=\"encrypt\" observe=\"fingerprint\""))
                .first()
                .asString()
                .contains("outbound@observe: \"fingerprint\" needs sha256 beside it");
    }

    @Test
    void puttingAnObservedLevelInForceShouldNeedOneChangeOnly() {
        assertThat(problems("level=\"authenticated\" observe=\"authenticated\""))
                .isEmpty();
        assertThat(directory.problems(medical("<inbound minimum=\"TLSv1.3\" observe=\"TLSv1.3\"/>")))
                .isEmpty();
    }

    @Test
    void inboundShouldObserveMoreThanItEnforces() {
        assertThat(directory.problems(medical("<inbound minimum=\"TLSv1.2\" observe=\"any\"/>")))
                .containsExactly(
                        "tlsward.xml:1: classes.class(medical).inbound@observe: there is nothing to observe beyond"
                                + " minimum \"TLSv1.2\" (expected: a stricter minimum, or no observe at all)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0/0", "::/0", "localhost", "10.0.0.0/33", "", "10.0.0.0/8;11.0.0.0/8"})
    void exemptShouldBeNetworksAndNotEverybody(String networks) {
        assertThat(directory.problems(medical("<inbound minimum=\"any\" exempt=\"" + networks + "\"/>")))
                .singleElement()
                .asString()
                .contains("inbound@exempt: unsupported value \"" + networks + "\"");
    }

    @Test
    void levelShouldIgnoreCaseInTurkeyToo() {
        assertThat(outbound("level=\"FINGERPRINT\" sha256=\"" + PIN + "\"").level())
                .isEqualTo(TlsLevel.FINGERPRINT);
        assertThat(Optional.of(outbound("level=\"Dane-Only\"").level())).contains(TlsLevel.DANE_ONLY);
    }
}
