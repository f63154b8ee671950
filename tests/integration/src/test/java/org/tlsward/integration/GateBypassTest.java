/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.integration;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.tlsward.integration.RunningJames.Program;

/** Another hook's OK ends the round at RCPT; the gate hears of it all the same. */
class GateBypassTest {
    @Test
    void okOfAnotherHookShouldNotBypassTheGate() throws Exception {
        WorkingDirectory directory = WorkingDirectory.create("bypass", "keep")
                .withoutUserCheck()
                .withExtension()
                .replace(
                        "smtpserver.xml",
                        "<handlerchain coreHandlersPackage=\"org.tlsward.hooks.TlsWardHandlers\">",
                        "<handlerchain coreHandlersPackage=\"org.tlsward.hooks.TlsWardHandlers\"><handler class=\""
                                + AlwaysOkHook.class.getName() + "\"/>");
        addHookJar(directory.root().resolve("extensions-jars/hook.jar"));
        try (RunningJames james = RunningJames.start(Program.stock(), directory);
                DialogPlayer player = new DialogPlayer(james)) {
            player.play(Dialog.read(Project.path("tests/integration/dialogs/bypass/ok-of-another-hook.smtp")));
        }
    }

    private static void addHookJar(Path jar) throws Exception {
        String entry = AlwaysOkHook.class.getName().replace('.', '/') + ".class";
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                var bytes = AlwaysOkHook.class.getClassLoader().getResourceAsStream(entry)) {
            out.putNextEntry(new JarEntry(entry));
            bytes.transferTo(out);
        }
    }
}
