/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code docs/rfc-coverage.md} leaves out nothing that the RFCs ask, and the tests that it names are there. */
class RfcCoverageTest {
    private static final String HEADING = "## RFC 9999: a test, 1 sentences";

    @Test
    void thePageShouldTellTheTruth() throws IOException {
        TestSources sources = TestSources.below(Project.path("."));

        assertThat(page().problems(sources)).isEmpty();
    }

    @Test
    void thePageShouldHaveTheFourRfcs() throws IOException {
        assertThat(page().parts()).extracting(RfcCoverage.Part::number).containsExactly("7672", "8461", "8460", "8689");
        assertThat(page().parts()).allSatisfy(part -> assertThat(part.rows()).hasSizeGreaterThan(30));
    }

    private static RfcCoverage page() throws IOException {
        return RfcCoverage.of(Files.readAllLines(Project.path("docs/rfc-coverage.md")));
    }

    @Test
    void aGoodRowShouldPass() {
        assertThat(problems("| 3.1 | 1 | MUST | sender | does | met | `RfcCoverageTest.aGoodRowShouldPass` | |"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "| 3.1 | 1 | MUST | sender | does | nearly | `ATest` | so |", // no such status
                "| 3.1 | 1 | MUST | sender | does | partly | `ATest` | |", // no reason
                "| 3.1 | 1 | MUST | sender | does | not met | | |", // no reason
                "| 3.1 | 1 | MUST | sender | does | not applicable | | |", // no reason
                "| 3.1 | 1 | MUST | sender | does | met | | |", // no test
                "| 3.1 | 1 | MUST | sender | does | met | `ATest.gone` | |", // no such test
                "| 3.1 | 1 | MUST | sender | does | met | `ATest` |", // a cell is missing
                "| here | 1 | MUST | sender | does | met | `ATest` | |", // no section
                "| 3.1 | 1 | MUST | sender | | met | `ATest` | |", // says nothing
                "| 3.1 | 2 | MUST | sender | does | met | `ATest` | |", // sentence 1 is left out
                "" // no row
            })
    void aBadRowShouldNotPass(String row) {
        assertThat(problems(row)).isNotEmpty();
    }

    private static List<String> problems(String row) {
        return RfcCoverage.of(List.of(HEADING, "| § | Sentence |", "| --- | --- |", row))
                .problems(name -> !name.endsWith("gone"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RfcCoverageTest",
                "RfcCoverageTest.thePageShouldTellTheTruth",
                "RfcCoverageTest.aBadRowShouldNotPass",
                "requiretls-takes-no-value.smtp",
                "scenario 1"
            })
    void aTestShouldBeFound(String name) throws IOException {
        assertThat(TestSources.below(Project.path(".")).contain(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NoSuchTest",
                "RfcCoverage", // no test
                "RfcCoverageTest.page", // a method, and no test
                "RfcCoverageTest.problems",
                "RfcCoverageTest.noSuchMethod",
                "PolicyEngine.decide", // not below src/test
                "no-such-dialog.smtp",
                "scenario 0",
                "scenario"
            })
    void whatIsNoTestShouldNotBeFound(String name) throws IOException {
        assertThat(TestSources.below(Project.path(".")).contain(name)).isFalse();
    }
}
