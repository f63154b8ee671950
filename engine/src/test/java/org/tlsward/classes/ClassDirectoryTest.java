/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.classes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.health.HealthProblem;
import org.tlsward.health.HealthProblem.Severity;

class ClassDirectoryTest {
    private static final String GROUP = "cn=medical,ou=groups,dc=klinik,dc=example";

    @TempDir
    Path directory;

    private TestStore store;

    @BeforeEach
    void setUp() {
        store = new TestStore(directory);
    }

    @Test
    void classesOfShouldKnowEveryKindOfMember() throws IOException {
        store.write("file@klinik.example");
        try (ClassDirectory classes = ClassDirectory.open(store.settings(
                new MemberSpec.Address("Praxis@klinik.example"),
                new MemberSpec.Domain("kardiologie.klinik.example"),
                new MemberSpec.Glob("dr.*@klinik.example"),
                new MemberSpec.File(store.file)))) {
            for (String member : List.of(
                    "praxis+x@klinik.example",
                    "x@kardiologie.klinik.example",
                    "dr.a@klinik.example",
                    "file@klinik.example")) {
                assertThat(classes.classesOf(member)).isEqualTo(known("medical"));
            }
            assertThat(classes.classesOf("stranger@klinik.example")).isEqualTo(known("general"));
            assertThat(classes.classesOf(new MailboxName("dr.a", "klinik.example")))
                    .isEqualTo(known("medical"));
            assertThat(classes.problems()).isEmpty();
        }
    }

    @Test
    void classesOfShouldNameAllClassesOfAnAddress() {
        List<ClassMembers> members = List.of(
                new ClassMembers("medical", List.of(new MemberSpec.Domain("klinik.example"))),
                new ClassMembers("legal", List.of(new MemberSpec.Address("both@klinik.example"))),
                new ClassMembers("general", List.of()));
        try (ClassDirectory classes = ClassDirectory.open(new ClassDirectory.Settings(
                members, "general", Optional.empty(), "+", store.state(), Clock.systemUTC()))) {
            assertThat(classes.classesOf("both@klinik.example")).isEqualTo(known("medical", "legal"));
        }
    }

    @Test
    void anAddressThatCannotBeReadShouldBeUnknown() {
        try (ClassDirectory classes = ClassDirectory.open(store.settings())) {
            assertThat(classes.classesOf("not an address")).isInstanceOf(Membership.Unknown.class);
            assertThat(classes.classesOf("not an address").classes()).isEmpty();
        }
    }

    @Test
    void openShouldCollectAllComplaints() throws IOException {
        store.write("broken", "a@klinik.example");
        MemberSourceException e = catchThrowableOfType(
                MemberSourceException.class,
                () -> ClassDirectory.open(store.settings(
                        new MemberSpec.Address("praxis"),
                        new MemberSpec.Domain("*.klinik.example"),
                        new MemberSpec.Glob("*"),
                        new MemberSpec.File(store.file),
                        new MemberSpec.LdapGroup("medical"),
                        new MemberSpec.LdapGroup(GROUP))));
        assertThat(e.complaints()).hasSize(6);
        assertThat(e.complaints().get(0)).startsWith("class medical: unsupported address \"praxis\" (expected:");
        assertThat(e.complaints().get(1)).startsWith("class medical: unsupported domain \"*.klinik.example\"");
        assertThat(e.complaints().get(2)).startsWith("class medical: unsupported pattern \"*\"");
        assertThat(e.complaints().get(3)).startsWith(store.file + " line 1: unsupported entry \"broken\"");
        assertThat(e.complaints().get(4)).startsWith("class medical: unsupported group \"medical\"");
        assertThat(e.complaints().get(5)).startsWith("group " + GROUP + ": no directory to ask");
    }

    @Test
    void openShouldCheckTheDirectoryBeforeItIsAsked() throws IOException {
        Path trust = directory.resolve("trust.p12");
        Files.writeString(trust, "no key store");
        LdapDirectory broken = new LdapDirectory(
                List.of(URI.create("http://ldap.klinik.example"), URI.create("ldap:///x")),
                false,
                Optional.of("cn=reader"),
                Optional.empty(),
                Optional.of(trust),
                Optional.of("secret"),
                List.of(),
                Duration.ZERO,
                Duration.ofSeconds(-1));
        MemberSourceException e = catchThrowableOfType(
                MemberSourceException.class,
                () -> ClassDirectory.open(store.settings(Optional.of(broken), new MemberSpec.LdapGroup(GROUP))));
        assertThat(e.complaints()).hasSize(7);
        assertThat(e.getMessage())
                .contains("unsupported server \"http://ldap.klinik.example\"")
                .contains("user \"cn=reader\" without a password")
                .contains("trust store " + trust + " cannot be used")
                .contains("no mail attribute")
                .contains("unsupported time limit")
                .contains("unsupported refresh");
    }

    @Test
    void checkNowShouldReadFilesAndReportThem() throws IOException {
        store.write("a@klinik.example");
        try (ClassDirectory classes = store.openFile()) {
            store.write("a@klinik.example", "b@klinik.example");
            classes.checkNow();
            assertThat(classes.classesOf("b@klinik.example")).isEqualTo(known("medical"));
            Files.delete(store.file);
            classes.refreshNow();
            assertThat(classes.classesOf("b@klinik.example")).isEqualTo(known("medical"));
            assertThat(classes.problems()).extracting(HealthProblem::severity).containsExactly(Severity.DEGRADED);
        }
    }

    @Test
    void closeShouldStopTheThreads() throws IOException, InterruptedException {
        store.write("a@klinik.example");
        ClassDirectory classes = store.openFile();
        List<Thread> threads = ownThreads();
        assertThat(threads).isNotEmpty().allMatch(Thread::isDaemon);
        classes.close();
        for (Thread thread : threads) {
            thread.join(60_000);
            assertThat(thread.isAlive()).isFalse();
        }
    }

    private static List<Thread> ownThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("tlsward-member-files"))
                .toList();
    }

    static Membership known(String... classes) {
        return new Membership.Known(new java.util.TreeSet<>(List.of(classes)));
    }
}
