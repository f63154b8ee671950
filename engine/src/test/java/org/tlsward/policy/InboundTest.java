/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tlsward.policy.Fixtures.address;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tlsward.policy.InboundGate.Accept;
import org.tlsward.policy.InboundGate.Refuse;
import org.tlsward.policy.InboundGate.TryLater;
import org.tlsward.policy.InboundGate.Verdict;

/** {@link InboundGate}, {@link InboundMinimum}, {@link InboundRule}, {@link TlsVersion}, {@link SessionTls}. */
class InboundTest {
    private static final IpNetwork LOOPBACK = IpNetwork.parse("127.0.0.0/8");

    private static Optional<SessionTls> session(String protocol) {
        return protocol.equals("cleartext")
                ? Optional.empty()
                : Optional.of(new SessionTls(protocol, "TLS_AES_128_GCM_SHA256", Optional.empty()));
    }

    private static ClassRule rule(String name, String minimum, String observe, IpNetwork... exempt) {
        return new ClassRule(
                name,
                new InboundRule(InboundMinimum.of(minimum).orElseThrow(), InboundMinimum.of(observe), List.of(exempt)),
                OutboundRule.NOTHING,
                Map.of());
    }

    @ParameterizedTest
    @CsvSource({
        "none, cleartext, true",
        "none, TLSv1, true",
        "any, cleartext, false",
        "any, TLSv1, true",
        "any, TLSv9, true",
        "TLSv1.2, cleartext, false",
        "TLSv1.2, TLSv1.1, false",
        "TLSv1.2, TLSv1.2, true",
        "TLSv1.2, TLSv1.3, true",
        "TLSv1.2, TLSv9, false",
        "TLSv1.3, cleartext, false",
        "TLSv1.3, TLSv1.2, false",
        "TLSv1.3, TLSv1.3, true",
        "TLSv1.3, NONE, false"
    })
    void minimumShouldBeMet(String minimum, String protocol, boolean expected) {
        assertThat(InboundMinimum.of(minimum).orElseThrow().isMetBy(session(protocol)))
                .isEqualTo(expected);
    }

    @Property
    void joinedMinimumShouldBeMetOnlyByWhoMeetsBoth(@ForAll InboundMinimum a, @ForAll InboundMinimum b) {
        assertThat(a.join(b)).isEqualTo(b.join(a));
        for (String protocol : List.of("cleartext", "TLSv1", "TLSv1.2", "TLSv1.3", "TLSv9")) {
            assertThat(a.join(b).isMetBy(session(protocol)))
                    .as(protocol)
                    .isEqualTo(a.isMetBy(session(protocol)) && b.isMetBy(session(protocol)));
        }
    }

    @Test
    void joinedRuleShouldExemptWhatBothExempt() {
        InboundRule wide =
                new InboundRule(InboundMinimum.ANY, Optional.empty(), List.of(IpNetwork.parse("10.0.0.0/8"), LOOPBACK));
        InboundRule narrow = new InboundRule(
                InboundMinimum.TLS_1_2, Optional.of(InboundMinimum.TLS_1_3), List.of(IpNetwork.parse("10.1.0.0/16")));
        assertThat(wide.join(narrow))
                .isEqualTo(narrow.join(wide))
                .isEqualTo(new InboundRule(
                        InboundMinimum.TLS_1_2,
                        Optional.of(InboundMinimum.TLS_1_3),
                        List.of(IpNetwork.parse("10.1.0.0/16"))));
        InboundRule any = new InboundRule(InboundMinimum.NONE, Optional.of(InboundMinimum.ANY), List.of());
        assertThat(any.join(narrow).observe()).contains(InboundMinimum.TLS_1_3);
    }

    /** Words of the verdict: who refuses, or who would. */
    private static String verdict(Verdict verdict) {
        if (verdict instanceof Refuse refuse) {
            return "refuse " + refuse.unmet().rule().name() + " "
                    + refuse.unmet().minimum().word();
        }
        if (verdict instanceof Accept accept) {
            return accept.wouldRefuse()
                    .map(unmet -> "observe " + unmet.rule().name() + " "
                            + unmet.minimum().word())
                    .orElse("accept");
        }
        return "later";
    }

    @ParameterizedTest
    @CsvSource({
        // classes, session, client: what comes of it
        "general, cleartext, 192.0.2.1, accept",
        "medical, cleartext, 192.0.2.1, refuse medical TLSv1.2",
        "medical, TLSv1.1, 192.0.2.1, refuse medical TLSv1.2",
        "medical, TLSv1.2, 192.0.2.1, observe medical TLSv1.3",
        "medical, TLSv1.3, 192.0.2.1, accept",
        "medical, cleartext, 127.0.0.1, accept",
        "medical general, cleartext, 192.0.2.1, refuse medical TLSv1.2",
        "medical strict, cleartext, 192.0.2.1, refuse strict TLSv1.3",
        "medical strict, TLSv1.2, 192.0.2.1, refuse strict TLSv1.3",
        "medical strict, cleartext, 127.0.0.1, refuse strict TLSv1.3",
        "watched, cleartext, 192.0.2.1, observe watched any"
    })
    void gateShouldJudge(String classes, String protocol, String client, String expected) {
        assertThat(verdict(InboundGate.judge(rules(classes), session(protocol), address(client))))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "medical general strict, cleartext, later",
        "medical general strict, TLSv1.2, later",
        "medical general strict, TLSv1.3, accept",
        "general watched, cleartext, observe watched any"
    })
    void gateShouldTryLaterWhereNobodyKnowsTheClass(String everyClass, String protocol, String expected) {
        assertThat(verdict(InboundGate.judgeUnknown(rules(everyClass), session(protocol), address("192.0.2.1"))))
                .isEqualTo(expected);
    }

    @Test
    void gateShouldNeverRefuseForGoodWhatItDoesNotKnow() {
        assertThat(InboundGate.judgeUnknown(rules("strict"), Optional.empty(), address("192.0.2.1")))
                .isInstanceOf(TryLater.class);
    }

    private static List<ClassRule> rules(String names) {
        List<ClassRule> rules = new ArrayList<>();
        for (String name : names.split(" ", -1)) {
            rules.add(
                    switch (name) {
                        case "medical" -> rule("medical", "TLSv1.2", "TLSv1.3", LOOPBACK);
                        case "strict" -> rule("strict", "TLSv1.3", "");
                        case "watched" -> rule("watched", "none", "any");
                        default -> rule("general", "none", "");
                    });
        }
        return rules;
    }

    @Test
    void versionShouldBeReadAsJsseNamesIt() {
        assertThat(TlsVersion.of("TLSv1.3")).contains(TlsVersion.TLS_1_3);
        assertThat(TlsVersion.of("tlsv1.2")).contains(TlsVersion.TLS_1_2);
        assertThat(TlsVersion.of("TLSv1.4")).isEmpty();
        assertThat(TlsVersion.of("NONE")).isEmpty();
        assertThat(TlsVersion.TLS_1_3).hasToString("TLSv1.3");
        assertThat(TlsVersion.minimumNames()).isEqualTo("TLSv1.2, TLSv1.3");
        assertThat(TlsVersion.TLS_1_1.atLeast(TlsVersion.TLS_1_2)).isFalse();
        assertThat(TlsVersion.TLS_1_2.atLeast(TlsVersion.TLS_1_2)).isTrue();
    }

    @Test
    void minimumShouldBeReadByItsWord() {
        assertThat(InboundMinimum.of("ANY")).contains(InboundMinimum.ANY);
        assertThat(InboundMinimum.of("TLSv1.1")).isEmpty();
        assertThat(InboundMinimum.words()).isEqualTo("none, any, TLSv1.2, TLSv1.3");
        assertThat(InboundMinimum.NONE.version()).isEmpty();
    }

    @Test
    void alternativeShouldFallBackToEnglishThenToAny() {
        ClassRule rule = new ClassRule(
                "medical", InboundRule.NOTHING, OutboundRule.NOTHING, Map.of("de", "Anruf", "en", "call"));
        assertThat(rule.alternative("de")).contains("Anruf");
        assertThat(rule.alternative("fr")).contains("call");
        assertThat(new ClassRule("a", InboundRule.NOTHING, OutboundRule.NOTHING, Map.of("de", "Anruf"))
                        .alternative("fr"))
                .contains("Anruf");
        assertThat(rule.isProtected()).isFalse();
        assertThat(Fixtures.medical().isProtected()).isTrue();
        assertThat(rule("gate", "any", "").isProtected()).isTrue();
    }
}
