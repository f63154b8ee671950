/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.integration;

import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.tlsward.integration.RunningJames.Program;

/** Configurations other than the one of the dialogs. */
class VariantsTest {
    @Test
    void everybodyShouldNeedTls() throws Exception {
        WorkingDirectory directory = WorkingDirectory.create("everybody", "keep");
        Files.copy(
                Project.path("conf/variants/everybody/tlsward.xml"),
                directory.conf("tlsward.xml"),
                StandardCopyOption.REPLACE_EXISTING);
        play(directory, "everybody/cleartext-is-refused-to-everybody");
    }

    /** The directory is down at the first start of all: nothing is known, so everybody may be medical. */
    @Test
    void anUnknownClassShouldBePutOffAndNeverRefusedForGood() throws Exception {
        WorkingDirectory directory = WorkingDirectory.create("unknown-class", "keep")
                .replace(
                        "tlsward.xml",
                        "<address>strict@klinik.example</address>",
                        "<ldap group=\"cn=strict,ou=groups,dc=klinik,dc=example\"/>")
                .replace("tlsward.xml", "<classes ", "<ldap url=\"ldap://127.0.0.1:1\" timeLimit=\"1s\"/><classes ");
        play(directory, "unknown-class/directory-down-at-start");
    }

    private static void play(WorkingDirectory directory, String dialog) throws Exception {
        directory.withoutUserCheck().withExtension();
        try (RunningJames james = RunningJames.start(Program.stock(), directory);
                DialogPlayer player = new DialogPlayer(james)) {
            player.play(Dialog.read(Project.path("tests/integration/dialogs/" + dialog + ".smtp")));
        }
    }
}
