/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.integration;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.tlsward.integration.RunningJames.Program;

/** The other places where an admin may put the JAR, and the least that has to be configured. */
class PlacementTest {
    @Test
    void jarInTheLibraryFolderShouldDoTheSame() throws Exception {
        WorkingDirectory directory = WorkingDirectory.create("library", "keep").withoutUserCheck();
        try (RunningJames james = RunningJames.start(Program.stock(Project.bundle()), directory)) {
            play(
                    james,
                    "gate-refuses-medical-in-cleartext",
                    "gate-accepts-medical-over-tls-1.3",
                    "guard-injection-after-data");
        }
    }

    /** No hooks, no Guice module, no health check: matchers alone, by constructor injection. */
    @Test
    void jarAndMailetContainerAndSixLinesShouldBeEnough() throws Exception {
        WorkingDirectory directory = WorkingDirectory.create("six-lines", "six-lines")
                .withoutUserCheck()
                .withExtension()
                .replace("smtpserver.xml", " coreHandlersPackage=\"org.tlsward.hooks.TlsWardHandlers\"", "")
                .replace("extensions.properties", "guice.extension.module=", "#guice.extension.module=")
                .replace("healthcheck.properties", "additional.healthchecks=", "#additional.healthchecks=");
        try (RunningJames james = RunningJames.start(Program.stock(), directory)) {
            play(james, "six-lines/matchers-alone");
        }
    }

    private static void play(RunningJames james, String... dialogs) throws Exception {
        for (String name : dialogs) {
            Path file = Project.path("tests/integration/dialogs/" + name + ".smtp");
            try (DialogPlayer player = new DialogPlayer(james)) {
                player.play(Dialog.read(file));
            }
        }
    }
}
