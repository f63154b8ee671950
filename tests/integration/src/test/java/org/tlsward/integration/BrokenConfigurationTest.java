/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.tlsward.integration.RunningJames.Program;

/** A configuration that cannot be used stops the start of a stock James, with one message that says what to mend. */
class BrokenConfigurationTest {
    @Test
    void missingFileShouldStopTheStart() throws Exception {
        WorkingDirectory directory = WorkingDirectory.create("missing", "keep").withExtension();
        Files.delete(directory.conf("tlsward.xml"));
        assertThat(logOfFailedStart(directory)).contains("tlsward.xml").doesNotContain("JAMES server started");
    }

    @Test
    void emptyFileShouldStopTheStart() throws Exception {
        WorkingDirectory directory = WorkingDirectory.create("empty", "keep").withExtension();
        Files.writeString(directory.conf("tlsward.xml"), "");
        assertThat(logOfFailedStart(directory)).contains("tlsward.xml").doesNotContain("JAMES server started");
    }

    @Test
    void everyMistakeShouldBeNamedAtOnce() throws Exception {
        WorkingDirectory directory = WorkingDirectory.create("mistakes", "keep")
                .withExtension()
                .replace("tlsward.xml", "<inbound minimum=\"TLSv1.3\"/>", "<inbound minimum=\"TLSv1.1\"/>")
                .replace("tlsward.xml", "<class name=\"observed\">", "<class name=\"strict\">")
                .replace("tlsward.xml", "file://conf/medical-recipients.txt", "file://conf/nobody.txt");
        assertThat(logOfFailedStart(directory))
                .contains("TLSv1.1", "expected: none, any, TLSv1.2, TLSv1.3")
                .contains("strict")
                .contains("nobody.txt")
                .doesNotContain("JAMES server started");
    }

    @Test
    void unknownClassInAMatcherShouldStopTheStart() throws Exception {
        WorkingDirectory directory = WorkingDirectory.create("matcher", "six-lines")
                .withExtension()
                .replace("mailetcontainer.xml", "RecipientClassIs=medical", "RecipientClassIs=medicall");
        assertThat(logOfFailedStart(directory))
                .contains(
                        "RecipientClassIs: unknown class \"medicall\" (expected: a class of tlsward.xml: medical, general)")
                .doesNotContain("JAMES server started");
    }

    private static String logOfFailedStart(WorkingDirectory directory) throws InterruptedException {
        try (RunningJames james = RunningJames.launch(Program.stock(), directory)) {
            return james.awaitEnd();
        }
    }
}
