/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mtasts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tlsward.mtasts.StsPolicy.Mode;

/** RFC 8461 §3.2. */
class StsPolicyTextTest {
    private static final String REST = "mx: mx.example\nmax_age: 86400\n";

    private static StsPolicy policy(String text) {
        assertThat(StsPolicyText.parse(text)).isInstanceOf(StsFetch.Fetched.class);
        return ((StsFetch.Fetched) StsPolicyText.parse(text)).policy();
    }

    @Test
    void parseShouldReadThePolicyOfTheRfc() {
        String text =
                "version: STSv1\r\nmode: enforce\r\nmx: mail.Example\r\nmx: *.example.net\r\nmx: backupmx.example.\r\n"
                        + "max_age: 604800\r\n";

        assertThat(policy(text))
                .isEqualTo(new StsPolicy(
                        Mode.ENFORCE,
                        List.of("mail.example", "*.example.net", "backupmx.example"),
                        Duration.ofDays(7),
                        List.of(
                                "version: STSv1",
                                "mode: enforce",
                                "mx: mail.Example",
                                "mx: *.example.net",
                                "mx: backupmx.example.",
                                "max_age: 604800")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "version: STSv1\nmode: enforce\n" + REST,
                "version:STSv1\nmode:\tenforce  \n" + REST, // blanks
                "mode: enforce\nversion: STSv1\r\n" + REST, // any order, ends mixed
                "version: STSv1\n\nmode: enforce\n\n" + REST + "\n\n", // empty lines
                "version: STSv1\nmode: enforce\nfuture: x\nno field at all\n<p>\n: x\n" + REST, // unknown
                "version: STSv1\nmode: enforce\nversion: STSv2\nmode: none\n" + REST
                        + "max_age: 1\n", // the first counts
                "version: STSv1\nmode: enforce\nMode: none\n" + REST, // case
                "version: STSv1\nmode: enforce\n" + REST + "mx: mx.example", // no line end, a pattern twice
            })
    void parseShouldReadTheSamePolicy(String text) {
        StsPolicy policy = policy(text);

        assertThat(policy.mode()).isEqualTo(Mode.ENFORCE);
        assertThat(policy.mx()).containsExactly("mx.example");
        assertThat(policy.maxAge()).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void parseShouldReadModes() {
        assertThat(policy("version: STSv1\nmode: testing\n" + REST).mode()).isEqualTo(Mode.TESTING);
        assertThat(policy("version: STSv1\nmode: none\nmax_age: 60\n").mode()).isEqualTo(Mode.NONE);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "31557600, 31557600", "31557601, 31557600", "9999999999, 31557600", "0000000007, 7"})
    void parseShouldReadMaxAge(String text, long seconds) {
        assertThat(policy("version: STSv1\nmode: enforce\nmx: mx.example\nmax_age: " + text)
                        .maxAge())
                .isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "| no \"version\"",
                "mode: enforce/max_age: 1/mx: a.example| no \"version\"",
                "version: STSv2/mode: enforce/max_age: 1/mx: a.example| unsupported version \"STSv2\" (expected: STSv1)",
                "version: stsv1/mode: enforce/max_age: 1/mx: a.example| unsupported version", // case
                "version: STSv2/version: STSv1/mode: enforce/max_age: 1/mx: a.example| unsupported version",
                "version : STSv1/mode: enforce/max_age: 1/mx: a.example| no \"version\"", // a blank before the colon
                "' version: STSv1/mode: enforce/max_age: 1/mx: a.example'| no \"version\"", // and before the name
                "version: STSv1/max_age: 1/mx: a.example| no \"mode\"",
                "version: STSv1/mode: Enforce/max_age: 1/mx: a.example| unsupported mode \"Enforce\" (expected: enforce, testing, none)",
                "version: STSv1/mode:/max_age: 1/mx: a.example| unsupported mode",
                "version: STSv1/mode: none enforce/max_age: 1/mx: a.example| unsupported mode",
                "version: STSv1/mode: enforce/mx: a.example| no \"max_age\"",
                "version: STSv1/mode: enforce/max_age: -1/mx: a.example| unsupported max_age",
                "version: STSv1/mode: enforce/max_age: 1.5/mx: a.example| unsupported max_age",
                "version: STSv1/mode: enforce/max_age: 10000000000/mx: a.example| unsupported max_age", // eleven digits
                "version: STSv1/mode: enforce/max_age:/mx: a.example| unsupported max_age",
                "version: STSv1/mode: enforce/max_age: \u0661/mx: a.example| unsupported max_age \"?\"", // an Arabic
                // digit
                "version: STSv1/mode: enforce/max_age: 1| no \"mx\"",
                "version: STSv1/mode: testing/max_age: 1| no \"mx\"",
                "version: STSv1/mode: enforce/max_age: 1/mx: a.example/mx: *| unsupported mx \"*\"",
                "version: STSv1/mode: enforce/max_age: 1/mx:| unsupported mx",
                "version: STSv1/mode: enforce/max_age: 1/mx: *.*.example| unsupported mx",
                "version: STSv1/mode: enforce/max_age: 1/mx: a.*.example| unsupported mx",
                "version: STSv1/mode: enforce/max_age: 1/mx: a*.example| unsupported mx",
                "version: STSv1/mode: enforce/max_age: 1/mx: .example| unsupported mx",
                "version: STSv1/mode: enforce/max_age: 1/mx: a.example b.example| unsupported mx"
            })
    void parseShouldSayWhyItIsNoPolicy(String lines, String why) {
        StsFetch fetch = StsPolicyText.parse(lines == null ? "" : lines.replace('/', '\n'));

        assertThat(fetch).isInstanceOfSatisfying(StsFetch.Failed.class, failed -> {
            assertThat(failed.failure().word()).isEqualTo("sts-policy-invalid");
            assertThat(failed.why()).contains(why);
        });
    }

    @Test
    void parseShouldConvertULabels() {
        assertThat(policy(
                                "version: STSv1\nmode: enforce\nmax_age: 1\nmx: *.b\u00FCcher.example\nmx: I\u0307STANBUL.example")
                        .mx())
                .first()
                .isEqualTo("*.xn--bcher-kva.example");
    }

    @Test
    void parseShouldTakeNoMoreThanTheLimit() {
        String policy = "version: STSv1\nmode: enforce\n" + REST;
        byte[] largest = (policy + "x".repeat(64 * 1024 - policy.length())).getBytes(StandardCharsets.US_ASCII);

        assertThat(StsPolicyText.parse(largest)).isInstanceOf(StsFetch.Fetched.class);
        assertThat(StsPolicyText.parse(new byte[64 * 1024 + 1])).isInstanceOf(StsFetch.Failed.class);
        assertThat(((StsFetch.Failed) StsPolicyText.parse(new byte[64 * 1024 + 1])).why())
                .contains("65536 octets");
    }

    @Test
    void parseShouldShowNoControlCharactersOfStrangers() {
        assertThat(((StsFetch.Failed) StsPolicyText.parse("version: \u001B[2J" + "x".repeat(5000))).why())
                .contains("\"?[2J")
                .hasSizeLessThan(200);
    }

    @Provide
    Arbitrary<String> nearly() {
        return Arbitraries.of(
                        "version: STSv1",
                        "mode: ",
                        "enforce",
                        "none",
                        "max_age: ",
                        "9",
                        "mx: ",
                        "*.",
                        "a.example",
                        "\n",
                        "\r\n",
                        "\r",
                        ":",
                        " ",
                        "\u0130")
                .list()
                .ofMaxSize(30)
                .map(parts -> String.join("", parts));
    }

    @Property
    void aPolicyShouldBeWhole(@ForAll("nearly") String text) {
        if (StsPolicyText.parse("version: STSv1\n" + text) instanceof StsFetch.Fetched fetched) {
            StsPolicy policy = fetched.policy();
            assertThat(policy.mode() == Mode.NONE || !policy.mx().isEmpty()).isTrue();
            assertThat(policy.maxAge().toSeconds()).isBetween(0L, 31_557_600L);
            // what is kept on the disk is read again
            assertThat(StsPolicyText.parse(String.join("\n", policy.lines()))).isEqualTo(fetched);
        }
    }

    @Property
    void parseShouldNeverThrow(@ForAll byte[] bytes, @ForAll String text) {
        assertThat(StsPolicyText.parse(bytes)).isNotNull();
        assertThat(StsPolicyText.parse(text)).isNotNull();
    }
}
