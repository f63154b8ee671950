/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tlsward.config.ConfigurationDirectory.medical;
import static org.tlsward.config.ConfigurationDirectory.tlsward;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.tlsward.classes.ClassGround;
import org.tlsward.classes.MailboxName;
import org.tlsward.classes.Membership;
import org.tlsward.health.HealthProblem;
import org.tlsward.health.HealthProblem.Severity;

class LiveWardTest {
    private static final String FIRST = medical("<inbound minimum=\"any\"/>");
    private static final String BROKEN = medical("<inbound minimum=\"all\"/>");
    private static final String BROKEN_PROBLEM =
            "tlsward.xml:1: classes.class(medical).inbound@minimum: unsupported value \"all\" (expected: none, any, TLSv1.2,"
                    + " TLSv1.3)";

    @TempDir
    Path root;

    final List<FakeClasses> opened = new ArrayList<>();
    final ListAppender<ILoggingEvent> log = new ListAppender<>();
    ConfigurationDirectory directory;
    LiveWard ward;

    private final class FakeClasses implements LiveWard.ClassesUnit {
        final WardConfiguration configuration;
        boolean closed;

        FakeClasses(WardConfiguration configuration) {
            if (configuration.rules().containsKey("unopenable")) {
                throw new IllegalStateException("the directory is on fire");
            }
            this.configuration = configuration;
            opened.add(this);
        }

        @Override
        public Membership classesOf(MailboxName mailbox) {
            return new Membership.Known(new TreeSet<>(configuration.rules().keySet()));
        }

        @Override
        public List<ClassGround> groundsOf(MailboxName mailbox) {
            return List.of();
        }

        @Override
        public List<HealthProblem> problems() {
            return List.of(new HealthProblem(Severity.DEGRADED, "classes", "fake"));
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @BeforeEach
    void prepare() {
        directory = new ConfigurationDirectory(root).with("tlsward.xml", FIRST);
        log.start();
        ((Logger) LoggerFactory.getLogger(LiveWard.class)).addAppender(log);
    }

    @AfterEach
    void stop() {
        ((Logger) LoggerFactory.getLogger(LiveWard.class)).detachAppender(log);
        if (ward != null) {
            ward.close();
        }
    }

    private void start() {
        ward = LiveWard.start(new LiveWard.Settings(
                directory.file(),
                JamesDirectories.below(root),
                FakeClasses::new,
                Duration.ofDays(1),
                Clock.fixed(Instant.parse("2027-06-01T00:00:00Z"), ZoneOffset.UTC)));
    }

    private List<HealthProblem> problems() {
        return ward.problems().stream()
                .filter(problem -> !problem.component().equals("classes"))
                .toList();
    }

    private List<String> errors() {
        return log.list.stream()
                .filter(event -> event.getLevel().equals(Level.ERROR))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Test
    void startShouldHaveConfigurationAndClassesTogether() {
        start();

        assertThat(ward.current().configuration().rules()).containsOnlyKeys("medical", "general");
        assertThat(ward.current().classes()).isSameAs(opened.get(0));
        assertThat(ward.problems()).containsExactly(new HealthProblem(Severity.DEGRADED, "classes", "fake"));
    }

    @Test
    void startShouldFailOnABrokenFile() {
        directory.with("tlsward.xml", BROKEN);

        assertThatThrownBy(this::start)
                .isInstanceOf(WardConfigurationException.class)
                .hasMessage(BROKEN_PROBLEM);
    }

    @Test
    void startShouldFailOnClassesThatDoNotOpen() {
        directory.with("tlsward.xml", FIRST.replace("medical", "unopenable"));

        assertThatThrownBy(this::start)
                .isInstanceOf(WardConfigurationException.class)
                .hasMessage("tlsward.xml: classes: the directory is on fire");
    }

    @Test
    void newVersionShouldComeIntoForce() {
        start();
        LiveWard.Snapshot before = ward.current();
        directory.with("tlsward.xml", FIRST.replace("medical", "cardiology"));

        ward.checkNow();

        assertThat(ward.current().configuration().rules()).containsOnlyKeys("cardiology", "general");
        assertThat(ward.current().classes()).isSameAs(opened.get(1));
        assertThat(opened.get(0).closed).isTrue();
        assertThat(opened.get(1).closed).isFalse();
        assertThat(before.configuration().rules()).containsOnlyKeys("medical", "general");
        assertThat(errors()).isEmpty();
    }

    @Test
    void unchangedFileShouldNotBeReadAgain() {
        start();
        LiveWard.Snapshot before = ward.current();

        ward.checkNow();

        assertThat(ward.current()).isSameAs(before);
    }

    @Test
    void fileOfTheSameDateAndSizeShouldBeReadIfItIsAnother() throws Exception {
        start();
        Path other = root.resolve("conf/other.xml");
        Files.writeString(other, FIRST.replace("any", "ANY"));
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(directory.file()));
        LiveWard.Snapshot before = ward.current();

        Files.move(other, directory.file(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        ward.checkNow();

        assertThat(ward.current()).isNotSameAs(before);
    }

    @Test
    void classesShouldStayOpenIfTheirMembersStay() {
        start();
        directory.with("tlsward.xml", medical("<inbound minimum=\"TLSv1.3\"/>"));

        ward.checkNow();

        assertThat(ward.current()
                        .configuration()
                        .rules()
                        .get("medical")
                        .inbound()
                        .minimum()
                        .word())
                .isEqualTo("TLSv1.3");
        assertThat(opened).hasSize(1);
        assertThat(opened.get(0).closed).isFalse();
    }

    @Test
    void brokenVersionShouldBeReportedAndTheOldOneStay() {
        start();
        LiveWard.Snapshot before = ward.current();
        directory.with("tlsward.xml", BROKEN);

        ward.checkNow();
        ward.checkNow();

        assertThat(ward.current()).isSameAs(before);
        assertThat(opened.get(0).closed).isFalse();
        assertThat(problems())
                .containsExactly(new HealthProblem(
                        Severity.DEGRADED,
                        "tlsward.xml",
                        "the new version is not in force, the old one stays:\n" + BROKEN_PROBLEM));
        assertThat(errors()).containsExactly("The new version is not in force, the old one stays:\n" + BROKEN_PROBLEM);
    }

    @Test
    void everyBrokenVersionShouldBeLogged() {
        start();
        directory.with("tlsward.xml", BROKEN);
        ward.checkNow();
        directory.with("tlsward.xml", BROKEN + "\n");
        ward.checkNow();

        assertThat(errors()).hasSize(2);
    }

    @Test
    void classesThatDoNotOpenShouldRejectTheVersion() {
        start();
        LiveWard.Snapshot before = ward.current();
        directory.with("tlsward.xml", FIRST.replace("medical", "unopenable"));

        ward.checkNow();

        assertThat(ward.current()).isSameAs(before);
        assertThat(opened.get(0).closed).isFalse();
        assertThat(problems())
                .singleElement()
                .extracting(HealthProblem::message)
                .asString()
                .contains("on fire");
    }

    @Test
    void fileThatVanishedShouldBeReportedAndTheOldVersionStay() throws Exception {
        start();
        LiveWard.Snapshot before = ward.current();
        Files.delete(directory.file());

        ward.checkNow();

        assertThat(ward.current()).isSameAs(before);
        assertThat(problems())
                .singleElement()
                .extracting(HealthProblem::message)
                .asString()
                .contains("tlsward.xml: missing");
    }

    @Test
    void mendedVersionShouldComeIntoForce() {
        start();
        directory.with("tlsward.xml", BROKEN);
        ward.checkNow();
        directory.with("tlsward.xml", FIRST);

        ward.checkNow();

        assertThat(problems()).isEmpty();
    }

    @Test
    void versionShouldComeIntoForceWhenTheFileThatItMissedIsThere() {
        start();
        directory.with("tlsward.xml", medical("<members><file>file://conf/list.txt</file></members>"));
        ward.checkNow();
        assertThat(problems()).hasSize(1);

        directory.with("list.txt", "");
        ward.checkNow();

        assertThat(problems()).isEmpty();
        assertThat(ward.current().configuration().members().get(0).specs()).hasSize(1);
    }

    @Test
    void exceptionThatIsOverShouldBeAProblem() {
        directory.with(
                "tlsward.xml",
                tlsward(
                        "<destinations><exception match=\"old.example\" level=\"may\" reason=\"May\" until=\"2027-05-31\"/>"
                                + "<exception match=\"new.example\" level=\"may\" reason=\"June\" until=\"2027-06-01\"/></destinations>"));
        start();

        assertThat(problems())
                .containsExactly(new HealthProblem(
                        Severity.DEGRADED,
                        "exception old.example",
                        "was good until 2027-05-31 and does not count any more (May); take it out of tlsward.xml, or give it"
                                + " a new date"));
    }

    @Test
    void closeShouldCloseTheClassesAndFollowNoMore() {
        start();

        ward.close();
        directory.with("tlsward.xml", FIRST.replace("medical", "cardiology"));
        ward.checkNow();

        assertThat(opened).hasSize(1);
        assertThat(opened.get(0).closed).isTrue();
    }

    @Test
    void changeShouldBeNoticedWithoutBeingAsked() throws Exception {
        CountDownLatch second = new CountDownLatch(2);
        ward = LiveWard.start(new LiveWard.Settings(
                directory.file(),
                JamesDirectories.below(root),
                configuration -> {
                    second.countDown();
                    return new FakeClasses(configuration);
                },
                Duration.ofMillis(5),
                Clock.systemUTC()));

        directory.with("tlsward.xml", FIRST.replace("medical", "cardiology"));

        assertThat(second.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void membersOfFilesShouldBeKnownAndFollowed() {
        directory
                .with("tlsward.xml", medical("<members><file>file://conf/list.txt</file></members>"))
                .with("list.txt", "a@klinik.example\n");
        ward = LiveWard.start(
                LiveWard.Settings.of(directory.file(), JamesDirectories.below(root), root.resolve("var")));

        assertThat(classes("a@klinik.example")).containsExactly("medical");
        assertThat(classes("b@klinik.example")).containsExactly("general");

        directory.with("tlsward.xml", medical("<members><domain>klinik.example</domain></members>"));
        ward.checkNow();

        assertThat(classes("b@klinik.example")).containsExactly("medical");
        assertThat(ward.problems()).isEmpty();
    }

    @Test
    void brokenMemberFileShouldStopTheStart() {
        directory
                .with("tlsward.xml", medical("<members><file>file://conf/list.txt</file></members>"))
                .with("list.txt", "a@klinik.example\nnobody\n");
        LiveWard.Settings settings =
                LiveWard.Settings.of(directory.file(), JamesDirectories.below(root), root.resolve("var"));

        assertThatThrownBy(() -> LiveWard.start(settings))
                .isInstanceOf(WardConfigurationException.class)
                .hasMessageStartingWith("tlsward.xml: classes: ")
                .hasMessageContaining("nobody");
    }

    private NavigableSet<String> classes(String address) {
        return ward.current()
                .classes()
                .classesOf(MailboxName.parse(address, "+"))
                .classes();
    }
}
