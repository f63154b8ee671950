/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.tlsward.integration.RunningJames.Program;

/** Every file of {@code dialogs/} against the stock memory app of James with our JAR in {@code extensions-jars}. */
class DialogTest {
    private static RunningJames james;

    @BeforeAll
    static void start() throws Exception {
        james = RunningJames.start(
                Program.stock(),
                WorkingDirectory.create("dialogs", "keep").withoutUserCheck().withExtension());
        james.put("/users/clinician@klinik.example", "{\"password\":\"secret\"}");
        james.put("/users/praxis@klinik.example", "{\"password\":\"secret\"}");
        james.put("/address/aliases/praxis@klinik.example/sources/info@klinik.example", "");
        james.put("/users/urlaub@klinik.example", "{\"password\":\"secret\"}");
        james.put("/address/forwards/urlaub@klinik.example/targets/praxis@klinik.example", "");
    }

    @AfterAll
    static void stop() {
        if (james != null) {
            james.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> dialogs() throws IOException {
        // -Dtlsward.dialog=NAME plays one alone
        String only = System.getProperty("tlsward.dialog", "");
        return files().stream()
                .filter(file -> only.isEmpty() || file.endsWith(only + ".smtp"))
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> play(file)));
    }

    @Test
    void thereShouldBeDialogs() throws IOException {
        assertThat(files()).hasSizeGreaterThan(20);
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(Project.path("tests/integration/dialogs"))) {
            return files.filter(file -> file.toString().endsWith(".smtp"))
                    .sorted()
                    .toList();
        }
    }

    private static void play(Path file) throws Exception {
        try (DialogPlayer player = new DialogPlayer(james)) {
            player.play(Dialog.read(file));
        }
    }
}
