/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.classes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Member files of a test, and a state directory beside them. */
final class TestStore {
    final Path directory;
    final Path file;

    TestStore(Path directory) {
        this.directory = directory;
        this.file = directory.resolve("medical.txt");
    }

    Path state() {
        return directory.resolve("state");
    }

    /** Replaces the member file at once, as a careful tool does. */
    void write(String... lines) throws IOException {
        Path next = directory.resolve("next.txt");
        Files.writeString(next, String.join("\n", lines) + "\n");
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
    }

    void writeMembers(int count) throws IOException {
        write(IntStream.range(0, count)
                .mapToObj(i -> "member" + i + "@klinik.example")
                .toArray(String[]::new));
    }

    void confirm(Path what) throws IOException {
        String sum = StateDirectory.checksum(Files.readString(what, StandardCharsets.UTF_8));
        Files.writeString(Confirmation.besides(what), sum + "  " + what + "\n");
    }

    ClassDirectory.Settings settings(MemberSpec... specs) {
        return settings(Optional.empty(), specs);
    }

    ClassDirectory.Settings settings(Optional<LdapDirectory> ldap, MemberSpec... specs) {
        return new ClassDirectory.Settings(
                List.of(new ClassMembers("medical", List.of(specs)), new ClassMembers("general", List.of())),
                "general",
                ldap,
                "+",
                state(),
                java.time.Clock.systemUTC());
    }

    ClassDirectory openFile() {
        return ClassDirectory.open(settings(new MemberSpec.File(file)));
    }
}
