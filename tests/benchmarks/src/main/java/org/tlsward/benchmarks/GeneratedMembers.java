/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.benchmarks;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.tlsward.classes.ClassDirectory;
import org.tlsward.classes.ClassMembers;
import org.tlsward.classes.MemberSpec;

/** A member file of any size, in a directory of its own. The addresses are 29 to 40 characters long, in 1000 domains. */
record GeneratedMembers(Path directory, int count) {

    static GeneratedMembers write(int count) throws IOException {
        GeneratedMembers members = new GeneratedMembers(Files.createTempDirectory("tlsward-benchmark"), count);
        try (BufferedWriter writer = Files.newBufferedWriter(members.file())) {
            for (int i = 0; i < count; i++) {
                writer.write(address("dr.", i));
                writer.write('\n');
            }
        }
        return members;
    }

    static String member(int i) {
        return address("dr.", i);
    }

    static String stranger(int i) {
        return address("mr.", i);
    }

    private static String address(String title, int i) {
        // letters that look like names, different for every i
        return title + Integer.toString(i * 31 + 46_656, Character.MAX_RADIX) + "." + i + "@praxis" + i % 1000
                + ".klinik.example";
    }

    Path file() {
        return directory.resolve("members.txt");
    }

    ClassDirectory open() {
        List<ClassMembers> classes = List.of(
                new ClassMembers("medical", List.of(new MemberSpec.File(file()))),
                new ClassMembers("general", List.of()));
        return ClassDirectory.open(new ClassDirectory.Settings(
                classes, "general", Optional.empty(), "+", directory.resolve("state"), Clock.systemUTC()));
    }

    void delete() throws IOException {
        try (var files = Files.walk(directory)) {
            for (Path path : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
