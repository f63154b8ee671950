/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.classes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tlsward.classes.ClassDirectoryTest.known;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.health.HealthProblem;
import org.tlsward.health.HealthProblem.Severity;

/** Against Debian's slapd: what a directory really answers. */
class LdapGroupsSlapdTest {
    private static final MemberSpec MEDICAL = new MemberSpec.LdapGroup(Slapd.group("medical"));

    @TempDir
    static Path shared;

    private static SlapdCertificate certificate;

    @TempDir
    Path directory;

    private SlapdCertificate trusted;
    private Slapd slapd;
    private TestStore store;

    @BeforeAll
    static void makeCertificate() throws Exception {
        certificate = SlapdCertificate.make(shared.resolve("localhost"), "localhost");
    }

    @BeforeEach
    void setUp() throws Exception {
        store = new TestStore(directory);
        trusted = certificate;
        slapd = Slapd.start(directory.resolve("slapd"), certificate);
        slapd.addPerson("a", "Dr.A@klinik.example", "second@klinik.example");
        slapd.addPerson("b", "dr.b@klinik.example");
        slapd.addPerson("c", "dr.c@klinik.example");
        slapd.addPerson("mute");
        slapd.addGroup("medical", Slapd.person("a"), Slapd.person("b"), Slapd.person("mute"), Slapd.person("gone"));
    }

    @AfterEach
    void tearDown() {
        slapd.close();
    }

    private LdapDirectory ldap(boolean startTls, URI... servers) {
        return new LdapDirectory(
                List.of(servers),
                startTls,
                Optional.of(Slapd.ADMIN),
                Optional.of(Slapd.PASSWORD),
                Optional.of(trusted.trustStore()),
                Optional.of(Slapd.PASSWORD),
                List.of("mail"),
                Duration.ofSeconds(10),
                Duration.ofDays(1));
    }

    private ClassDirectory open(MemberSpec... specs) {
        return open(ldap(false, slapd.uri("ldap")), specs);
    }

    private ClassDirectory open(LdapDirectory ldap, MemberSpec... specs) {
        return ClassDirectory.open(store.settings(Optional.of(ldap), specs));
    }

    private static void assertMedical(ClassDirectory classes, String... addresses) {
        for (String address : addresses) {
            assertThat(classes.classesOf(address)).as(address).isEqualTo(known("medical"));
        }
    }

    private static void assertGeneral(ClassDirectory classes, String... addresses) {
        for (String address : addresses) {
            assertThat(classes.classesOf(address)).as(address).isEqualTo(known("general"));
        }
    }

    private static void assertProblem(ClassDirectory classes, Severity severity, String... texts) {
        assertThat(classes.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.severity()).isEqualTo(severity);
            assertThat(problem.component() + ": " + problem.message()).contains(texts);
        });
    }

    @Test
    void openShouldReadTheGroup() {
        try (ClassDirectory classes = open(MEDICAL)) {
            assertMedical(classes, "dr.a@klinik.example", "SECOND+x@klinik.example", "dr.b@klinik.example");
            assertGeneral(classes, "dr.c@klinik.example");
            assertThat(classes.problems()).isEmpty();
        }
    }

    @Test
    void openShouldReadNestedGroupsAndLoops() throws Exception {
        slapd.addGroup("outer", Slapd.group("inner"), Slapd.person("a"));
        slapd.addGroup("inner", Slapd.person("c"), Slapd.group("outer"), Slapd.group("inner"));
        try (ClassDirectory classes = open(new MemberSpec.LdapGroup(Slapd.group("outer")))) {
            assertMedical(classes, "dr.a@klinik.example", "dr.c@klinik.example");
            assertGeneral(classes, "dr.b@klinik.example");
            assertThat(classes.problems()).isEmpty();
        }
    }

    @Test
    void nestingWithoutAnEndShouldBeNoAnswer() throws Exception {
        for (int i = 0; i < 20; i++) {
            slapd.addGroup("deep" + i, Slapd.group("deep" + (i + 1)), Slapd.person("a"));
        }
        try (ClassDirectory classes = open(new MemberSpec.LdapGroup(Slapd.group("deep0")))) {
            assertThat(classes.classesOf("dr.a@klinik.example")).isInstanceOf(Membership.Unknown.class);
            assertProblem(classes, Severity.UNHEALTHY, "nested deeper than 16 levels");
        }
    }

    @Test
    void openShouldReadUniqueMembersOfAnySpelling() throws Exception {
        slapd.admin()
                .add(
                        "dn: " + Slapd.group("unique"),
                        "objectClass: groupOfUniqueNames",
                        "cn: unique",
                        "uniqueMember: UID=C, OU=People, DC=Klinik, DC=example#'0101'B");
        try (ClassDirectory classes =
                open(new MemberSpec.LdapGroup(Slapd.group("unique").replace(",", ", ")))) {
            assertMedical(classes, "dr.c@klinik.example");
        }
    }

    @Test
    void openShouldReadMoreThanOneBatch() throws Exception {
        String[] members =
                IntStream.range(0, 300).mapToObj(i -> Slapd.person("m" + i)).toArray(String[]::new);
        for (int i = 0; i < members.length; i++) {
            slapd.addPerson("m" + i, "m" + i + "@klinik.example");
        }
        slapd.addGroup("large", members);
        try (ClassDirectory classes = open(new MemberSpec.LdapGroup(Slapd.group("large")))) {
            assertMedical(
                    classes, "m0@klinik.example", "m63@klinik.example", "m64@klinik.example", "m299@klinik.example");
        }
    }

    @Test
    void aGroupOfAnotherKindShouldBeNoAnswer() throws Exception {
        slapd.admin()
                .add(
                        "dn: " + Slapd.group("posix"),
                        "objectClass: posixGroup",
                        "cn: posix",
                        "gidNumber: 1000",
                        "memberUid: a");
        try (ClassDirectory classes = open(new MemberSpec.LdapGroup(Slapd.group("posix")))) {
            assertThat(classes.classesOf("dr.a@klinik.example")).isInstanceOf(Membership.Unknown.class);
            assertProblem(classes, Severity.UNHEALTHY, "memberUid", "expected: a group with member or uniqueMember");
        }
    }

    @Test
    void aMissingGroupShouldBeUnknownAndNamed() {
        try (ClassDirectory classes = open(new MemberSpec.LdapGroup(Slapd.group("nobody")))) {
            assertThat(classes.classesOf("dr.a@klinik.example")).isInstanceOf(Membership.Unknown.class);
            assertProblem(
                    classes,
                    Severity.UNHEALTHY,
                    "ldap " + Slapd.group("nobody"),
                    "could not be read: no such object: there is no such entry");
        }
    }

    @Test
    void aDirectoryThatIsDownAtTheStartShouldMakeEverybodyUnknown() throws Exception {
        slapd.stop();
        try (ClassDirectory classes = open(MEDICAL, new MemberSpec.Address("praxis@klinik.example"))) {
            Membership membership = classes.classesOf("dr.a@klinik.example");
            assertThat(membership).isInstanceOf(Membership.Unknown.class);
            assertThat(membership.classes()).isEmpty();
            assertThat(((Membership.Unknown) membership).reason()).contains("class medical", "it could not be read");
            // another source says it already
            assertMedical(classes, "praxis@klinik.example");
            assertProblem(
                    classes,
                    Severity.UNHEALTHY,
                    "everybody may be one",
                    slapd.uri("ldap").toString());
            slapd.start();
            classes.refreshNow();
            assertMedical(classes, "dr.a@klinik.example");
            assertGeneral(classes, "dr.c@klinik.example");
            assertThat(classes.problems()).isEmpty();
        }
    }

    @Test
    void aDirectoryThatGoesDownShouldNotBeForgotten() throws Exception {
        try (ClassDirectory classes = open(MEDICAL)) {
            slapd.stop();
            classes.refreshNow();
            assertMedical(classes, "dr.a@klinik.example");
            assertGeneral(classes, "dr.c@klinik.example");
            assertProblem(classes, Severity.DEGRADED, "The 3 addresses read before stay in force.");
        }
    }

    @Test
    void aRestartWithoutTheDirectoryShouldUseWhatWasWrittenDown() throws Exception {
        open(MEDICAL).close();
        slapd.stop();
        try (ClassDirectory classes = open(MEDICAL)) {
            assertMedical(classes, "dr.a@klinik.example", "dr.b@klinik.example");
            assertGeneral(classes, "dr.c@klinik.example");
            assertProblem(classes, Severity.DEGRADED, "stay in force");
        }
    }

    @Test
    void aDamagedSnapshotShouldCountAsNothingKnown() throws Exception {
        open(MEDICAL).close();
        slapd.stop();
        Path snapshot;
        try (var files = Files.list(store.state())) {
            snapshot = files.findFirst().orElseThrow();
        }
        Files.writeString(snapshot, Files.readString(snapshot).replace("Dr.A", "Dr.X"));
        try (ClassDirectory classes = open(MEDICAL)) {
            assertThat(classes.classesOf("dr.a@klinik.example")).isInstanceOf(Membership.Unknown.class);
        }
    }

    @Test
    void refreshShouldSeeWhoCameAndWhoWent() throws Exception {
        try (ClassDirectory classes = open(MEDICAL)) {
            slapd.modify(
                    "dn: " + Slapd.group("medical"),
                    "changetype: modify",
                    "delete: member",
                    "member: " + Slapd.person("b"),
                    "-",
                    "add: member",
                    "member: " + Slapd.person("c"));
            classes.refreshNow();
            assertGeneral(classes, "dr.b@klinik.example");
            assertMedical(classes, "dr.a@klinik.example", "dr.c@klinik.example");
        }
    }

    @Test
    void aGroupThatShrinksShouldNeedAConfirmation() throws Exception {
        try (ClassDirectory classes = open(MEDICAL)) {
            slapd.modify(
                    "dn: " + Slapd.group("medical"),
                    "changetype: modify",
                    "delete: member",
                    "member: " + Slapd.person("a"));
            classes.refreshNow();
            assertMedical(classes, "dr.a@klinik.example");
            assertProblem(classes, Severity.DEGRADED, "1 addresses, it had 3", "sha256sum ");
            store.confirm(pending());
            classes.checkNow();
            assertGeneral(classes, "dr.a@klinik.example");
            assertMedical(classes, "dr.b@klinik.example");
            assertThat(classes.problems()).isEmpty();
        }
        assertThat(store.state().toFile().list()).hasSize(1);
    }

    @Test
    void aGroupWhoseMembersMayNotBeReadShouldNotBeEmpty() throws Exception {
        slapd.addPerson("blind");
        slapd.modify("dn: " + Slapd.person("blind"), "changetype: modify", "add: userPassword", "userPassword: x");
        LdapDirectory seeing = ldap(false, slapd.uri("ldap"));
        LdapDirectory blind = new LdapDirectory(
                seeing.servers(),
                false,
                Optional.of(Slapd.person("blind")),
                Optional.of("x"),
                Optional.empty(),
                Optional.empty(),
                List.of("mail"),
                seeing.timeLimit(),
                seeing.refresh());
        try (ClassDirectory classes = open(blind, MEDICAL)) {
            assertThat(classes.classesOf("dr.a@klinik.example")).isInstanceOf(Membership.Unknown.class);
            assertProblem(classes, Severity.UNHEALTHY, "0 addresses", "Can our user still read the members?");
        }
        open(seeing, MEDICAL).close();
        try (ClassDirectory classes = open(blind, MEDICAL)) {
            assertMedical(classes, "dr.a@klinik.example");
        }
    }

    @Test
    void aWrongPasswordShouldBeNoAnswer() {
        LdapDirectory right = ldap(false, slapd.uri("ldap"));
        LdapDirectory wrong = new LdapDirectory(
                right.servers(),
                false,
                right.user(),
                Optional.of("wrong"),
                Optional.empty(),
                Optional.empty(),
                List.of("mail"),
                right.timeLimit(),
                right.refresh());
        try (ClassDirectory classes = open(wrong, MEDICAL)) {
            assertThat(classes.problems()).extracting(HealthProblem::severity).containsExactly(Severity.UNHEALTHY);
        }
    }

    @Test
    void theNextServerShouldBeAskedWhenTheFirstIsDown() {
        URI nobody = URI.create("ldap://localhost:1");
        try (ClassDirectory classes = open(ldap(false, nobody, slapd.uri("ldap")), MEDICAL)) {
            assertMedical(classes, "dr.a@klinik.example");
            assertThat(classes.problems()).isEmpty();
        }
    }

    @Test
    void startTlsAndLdapsShouldWork() {
        for (String scheme : List.of("ldap", "ldaps")) {
            try (ClassDirectory classes = open(ldap(true, slapd.uri(scheme)), MEDICAL)) {
                assertMedical(classes, "dr.a@klinik.example");
                assertThat(classes.problems()).as(scheme).isEmpty();
            }
        }
    }

    @Test
    void aCertificateOfAnotherNameOrWithoutOneShouldBeRefused() throws Exception {
        for (String name : List.of("other.example", "")) {
            SlapdCertificate other = SlapdCertificate.make(shared.resolve("other" + name), name);
            slapd.stop();
            slapd = Slapd.start(directory.resolve("other" + name), other);
            assertRefused(other);
        }
    }

    @Test
    void aCertificateOfAnUnknownCaShouldBeRefused() {
        LdapDirectory trusting = ldap(true, slapd.uri("ldap"));
        LdapDirectory strict = new LdapDirectory(
                trusting.servers(),
                true,
                trusting.user(),
                trusting.password(),
                Optional.empty(),
                Optional.empty(),
                List.of("mail"),
                trusting.timeLimit(),
                trusting.refresh());
        try (ClassDirectory classes = open(strict, MEDICAL)) {
            assertThat(classes.problems()).extracting(HealthProblem::severity).containsExactly(Severity.UNHEALTHY);
        }
    }

    private void assertRefused(SlapdCertificate other) {
        trusted = other;
        for (String scheme : List.of("ldap", "ldaps")) {
            try (ClassDirectory classes = open(ldap(true, slapd.uri(scheme)), MEDICAL)) {
                assertProblem(classes, Severity.UNHEALTHY, "it could not be read");
                assertThat(classes.problems().get(0).message()).containsIgnoringCase("certificate");
            }
        }
    }

    private Path pending() throws IOException {
        try (var files = Files.list(store.state())) {
            return files.filter(file -> file.toString().endsWith(".pending"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
