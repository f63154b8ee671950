/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.tlsrpt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tlsward.tlsrpt.ReceivedReport.Parsed;
import org.tlsward.tlsrpt.ReceivedReport.Unreadable;

/** What strangers send to the address of our reports. */
class HostileReportTest {
    private static final String RANGE =
            "\"date-range\":{\"start-datetime\":\"2026-11-22T00:00:00Z\",\"end-datetime\":\"2026-11-22T23:59:59Z\"}";

    @Test
    void bombShouldNotGoOff() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
            byte[] blanks = new byte[1024 * 1024];
            java.util.Arrays.fill(blanks, (byte) ' ');
            for (int i = 0; i < 100; i++) {
                gzip.write(blanks);
            }
        }
        assertThat(bomb.size()).isLessThan(ReceivedReport.MOST_BYTES);

        assertThat(why(bomb.toByteArray())).startsWith("it expands to more than");
    }

    @Test
    void whatIsTooLongShouldNotBeOpened() {
        assertThat(why(new byte[ReceivedReport.MOST_BYTES + 1])).startsWith("it has more than");
    }

    @Test
    void depthShouldHaveAnEnd() {
        assertThat(why("[".repeat(100_000))).contains("deeper than");
        assertThat(why("{\"a\":".repeat(100_000))).contains("deeper than");
        assertThat(why("{" + RANGE + ",\"policies\":" + "[".repeat(17) + "]".repeat(17) + "}"))
                .contains("deeper than");
    }

    @Test
    void numberOfValuesShouldHaveAnEnd() {
        String values = "[" + "0,".repeat(600_000) + "0]";

        assertThat(why(values)).contains("more than 400000 values");
    }

    @Test
    void numbersShouldBeShort() {
        String digits = "9".repeat(1_000_000);

        assertThat(why("{\"a\":" + digits + "}")).contains("a number of more than");
        assertThat(why("{\"a\":1e" + digits + "}")).contains("a number of more than");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{} {}",
                "{\"date-range\":null,\"policies\":[]}",
                "{\"date-range\":{\"start-datetime\":\"2026-13-22T00:00:00Z\",\"end-datetime\":\"x\"},\"policies\":[]}",
                "{\"date-range\":{\"start-datetime\":1,\"end-datetime\":2},\"policies\":[]}",
                "{" + RANGE + "}",
                "{" + RANGE + ",\"policies\":{}}",
                "{" + RANGE + ",\"policies\":[]",
                "{" + RANGE + ",\"policies\":[]} x",
                "{" + RANGE + ",\"policies\":NaN}",
            })
    void whatIsNoReportShouldBeUnreadable(String json) {
        assertThat(why(json)).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[null, 1, \"x\", [], {}]",
                "[{\"policy\":1,\"summary\":2,\"failure-details\":3}]",
                "[{\"policy\":{\"policy-type\":{},\"policy-string\":{\"a\":[[]]},\"mx-host\":[1,{}]},"
                        + "\"summary\":{\"total-successful-session-count\":-5,\"total-failure-session-count\":\"x\"},"
                        + "\"failure-details\":[{\"failed-session-count\":1e20,\"result-type\":[]},null]}]",
            })
    void whatMakesNoSenseInsideShouldCountAsNothing(String policies) {
        ReceivedReport parsed = parse("{" + RANGE + ",\"policies\":" + policies + "}");

        assertThat(parsed).isInstanceOf(Parsed.class);
        assertThat(((Parsed) parsed).report().successful()).isZero();
        assertThat(((Parsed) parsed).report().failed()).isZero();
    }

    @Test
    void stringsShouldBeCutAndPlain() {
        String nasty = "x\\u0000\\r\\n\\u001b[31m\\u202e\\ud800" + "y".repeat(100_000);
        Parsed parsed = (Parsed) parse("{\"organization-name\":\"" + nasty + "\"," + RANGE + ",\"policies\":[]}");

        assertThat(parsed.report().organization()).startsWith("x???").hasSizeLessThanOrEqualTo(256);
        assertThat(parsed.report().organization().chars())
                .noneMatch(c -> c < 0x20 || c == 0x202E || (c >= 0xD800 && c < 0xE000));
    }

    private static String why(String json) {
        return why(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String why(byte[] content) {
        ReceivedReport report = ReceivedReport.parse(content);
        assertThat(report).isInstanceOf(Unreadable.class);
        return ((Unreadable) report).why();
    }

    private static ReceivedReport parse(String json) {
        return ReceivedReport.parse(json.getBytes(StandardCharsets.UTF_8));
    }
}
