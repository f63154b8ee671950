/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tlsward.check.Explained;
import org.tlsward.explain.Explanation;
import org.tlsward.explain.Language;
import org.tlsward.explain.Sentences;
import org.tlsward.policy.Reason;
import org.tlsward.testing.Explanations;
import picocli.CommandLine.Help.Ansi;

/** What {@code tlsward explain} prints has the words of the notice. */
class EveryReasonPrintedTest {
    static Stream<Arguments> everyReasonInEveryLanguage() {
        return Arrays.stream(Reason.values())
                .flatMap(reason -> Arrays.stream(Language.values()).map(language -> Arguments.of(reason, language)));
    }

    @ParameterizedTest
    @MethodSource("everyReasonInEveryLanguage")
    void commandShouldHaveTheWords(Reason reason, Language language) throws Exception {
        Explained explained = Explanations.explained(reason, language);
        Explanation words = Sentences.explain(Explanations.situation(reason), language);
        StringWriter text = new StringWriter();
        StringWriter json = new StringWriter();

        new ReportPrinter(new PrintWriter(text), Ansi.OFF).text(explained.report());
        new ReportPrinter(new PrintWriter(json), Ansi.OFF).json(explained.json());

        String flat = text.toString().replaceAll("\\s+", " ");
        assertThat(flat).contains("-> " + words.forAdmins(), words.forPeople());
        // Once as advice, once in the notice.
        assertThat(flat.indexOf(words.forAdmins())).isNotEqualTo(flat.lastIndexOf(words.forAdmins()));
        JsonNode read = new ObjectMapper().readTree(json.toString());
        assertThat(read.path("explanation").asText()).isEqualTo(words.forPeople());
        assertThat(read.path("admins").asText()).isEqualTo(words.forAdmins());
    }
}
