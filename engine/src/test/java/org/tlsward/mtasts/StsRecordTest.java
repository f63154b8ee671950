/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mtasts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tlsward.mtasts.StsRecord.Found;
import org.tlsward.mtasts.StsRecord.Unusable;

/** RFC 8461 §3.1. */
class StsRecordTest {
    private static final String LONGEST_ID = "x".repeat(32);

    static List<String> good() {
        return List.of(
                "v=STSv1; id=abc1", // as people write it
                "v=STSv1;id=abc1", // without blanks
                "v=STSv1; id=abc1;", // ends with a delimiter
                "v=STSv1; id=abc1 ; \t", // blanks belong to the delimiter
                "v=STSv1 ; id=abc1", // there too
                "v=STSv1; a=b; id=abc1; x.y_z-0=!:<>~", // extensions before and behind
                "v=STSv1; id=abc1; id=second", // the first counts
                "v=STSv1; ID=x; id=abc1", // names are case-sensitive: ID is an extension
                "v=STSv1; xid=x; id=abc1"); // the end of a name is no name
    }

    @ParameterizedTest
    @MethodSource("good")
    void parseShouldFindTheId(String txt) {
        assertThat(StsRecord.parse(List.of(txt))).isEqualTo(new Found(new StsRecord("abc1")));
    }

    @Test
    void parseShouldAcceptTheLongestId() {
        assertThat(StsRecord.parse(List.of("v=STSv1; id=" + LONGEST_ID)))
                .isEqualTo(new Found(new StsRecord(LONGEST_ID)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "v=STSv1;| malformed", // no field
                "v=STSv1; ;id=1| malformed", // an empty field
                "v=STSv1; id=1;;| malformed", // two delimiters
                "v=STSv1; id=| malformed", // no value
                "v=STSv1; id = 1| malformed", // blanks around =
                "v=STSv1; id=1 2| malformed", // a blank in a value
                "v=STSv1; id=1; a=b=c| malformed", // = in a value
                "v=STSv1; id=1; -a=b| malformed", // a name that begins with a hyphen
                "v=STSv1; id=1; a| malformed", // no =
                "v=STSv1; a=b| has no id",
                "v=STSv1; ID=1| has no id", // case
                "v=STSv1; id=a-b| id of the TXT record", // letters and digits only
                "v=STSv1; id=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx| id of the TXT record", // 33
                "v=STSv1; id=-; id=1| id of the TXT record", // the first counts
                "v=STSv1| begins with", // no delimiter
                "v=STSv2; id=1| begins with",
                "V=STSv1; id=1| begins with", // case
                "v=stsv1; id=1| begins with", // case
                "v=STSv10; id=1| begins with",
                "id=1; v=STSv1;| begins with", // v is the first
                "v = STSv1; id=1| begins with"
            })
    void parseShouldSayWhyItIsNoRecord(String txt, String why) {
        assertThat(StsRecord.parse(List.of(txt)))
                .isInstanceOfSatisfying(
                        Unusable.class, unusable -> assertThat(unusable.why()).contains(why));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " v=STSv1; id=1",
                "v=STSv1; id=1 ",
                "v=STSv1; id=1\n",
                "v=STSv1; id=1; a=\u00E4",
                "v=STSv1;\u00A0id=1"
            })
    void parseShouldTakeNoWhitespaceButWhereItIsAllowed(String txt) {
        assertThat(StsRecord.parse(List.of(txt))).isInstanceOf(Unusable.class);
    }

    @Test
    void parseShouldLeaveOutOtherTexts() {
        assertThat(StsRecord.parse(List.of("v=spf1 -all", "v=STSv1; id=1", "", "v=STSv2; id=2")))
                .isEqualTo(new Found(new StsRecord("1")));
    }

    @Test
    void parseShouldTakeTwoRecordsForNone() {
        assertThat(StsRecord.parse(List.of("v=STSv1; id=1", "v=STSv1; id=1"))).isInstanceOf(Unusable.class);
        assertThat(StsRecord.parse(List.of("v=STSv1; id=1", "v=STSv1; broken"))).isInstanceOf(Unusable.class);
        assertThat(StsRecord.parse(List.of())).isInstanceOf(Unusable.class);
    }

    @Provide
    Arbitrary<String> nearly() {
        return Arbitraries.of("v=STSv1", ";", " ", "\t", "id=", "abc", "=", "x", "\n", "\u0130", "1".repeat(40))
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }

    @Property
    void parseShouldNeverThrowAndFindOnlyIds(@ForAll("nearly") String end) {
        if (StsRecord.parse(List.of("v=STSv1;" + end)) instanceof Found found) {
            assertThat(found.record().id()).matches("[A-Za-z0-9]{1,32}");
        }
    }

    @Property
    void parseShouldNeverThrow(@ForAll List<String> txts) {
        assertThat(StsRecord.parse(txts)).isNotNull();
    }

    @Test
    void parseShouldNotOverflowOnALongRecord() {
        assertThat(StsRecord.parse(List.of("v=STSv1; id=1" + "; a=b".repeat(13_000))))
                .isInstanceOf(Found.class);
        assertThat(StsRecord.parse(List.of("v=STSv1; id=1" + "; a=b".repeat(13_000) + "; " + " ".repeat(60_000) + "x")))
                .isInstanceOf(Unusable.class);
    }
}
