/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james.quarantine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tlsward.james.quarantine.KeptMailSamples.SOURCE;
import static org.tlsward.james.quarantine.KeptMailSamples.mail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.james.mailrepository.api.MailKey;
import org.apache.james.mailrepository.api.MailRepository;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.Mail;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tlsward.config.QuarantineSettings;
import org.tlsward.evidence.EvidenceAction;
import org.tlsward.evidence.EvidenceUnavailableException;
import org.tlsward.james.RecipientNotes;
import org.tlsward.james.quarantine.Quarantine.Wish;
import org.tlsward.policy.Reason;
import org.tlsward.policy.ReleaseOverride;
import org.tlsward.policy.TlsLevel;

/** What a quarantine does on every kind of repository, sealed or not. */
abstract class QuarantineContract {
    private static final Instant NOON = Instant.parse("2027-03-01T12:00:00Z");

    @TempDir
    Path home;

    final List<EvidenceAction> evidence = Collections.synchronizedList(new ArrayList<>());
    final List<String> steps = Collections.synchronizedList(new ArrayList<>());
    final FakeCourier courier = new FakeCourier(steps);
    boolean noEvidence;
    boolean fourEyes = true;
    Optional<Path> key = Optional.empty();
    Instant now = NOON;
    MailRepository repository;
    Quarantine quarantine;
    Shelf shelf;

    abstract MailRepository open(Path home) throws Exception;

    @BeforeEach
    void start() throws Exception {
        repository = open(home);
        shelf = new Shelf(HomeDirectory.URL, repository, courier);
        quarantine = another(shelf);
    }

    /** As another server of a cluster has it. */
    Quarantine another(Shelf shelfOfIt) {
        Quarantine other = new Quarantine(new Quarantine.Surroundings(
                () -> new QuarantineSettings(
                        Duration.ofDays(30),
                        fourEyes,
                        Optional.of(LocalTime.of(6, 0)),
                        Optional.empty(),
                        true,
                        List.of("de", "en"),
                        key),
                this::record,
                clock()));
        other.add(shelfOfIt);
        return other;
    }

    private void record(List<EvidenceAction> actions) {
        if (noEvidence) {
            throw unavailable();
        }
        steps.add("evidence " + actions.get(0).deed().word());
        evidence.addAll(actions);
    }

    private static EvidenceUnavailableException unavailable() {
        try {
            var constructor = EvidenceUnavailableException.class.getDeclaredConstructor(String.class);
            constructor.setAccessible(true);
            return constructor.newInstance("the disk is full");
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
    }

    String keep(String name, String... recipients) throws Exception {
        quarantine.keep(shelf, mail(name, recipients));
        steps.clear();
        return shelf.id(new MailKey(name));
    }

    List<KeptMail> expire() throws IOException {
        List<KeptMail> returned = new ArrayList<>();
        quarantine.expire(returned::add);
        return returned;
    }

    List<KeptMail> all() throws IOException {
        return quarantine.list(Optional.empty(), Optional.empty(), 100);
    }

    Path keyFile(int... bytes) throws IOException {
        StringBuilder text = new StringBuilder("# keys\n");
        for (int fill : bytes) {
            byte[] octets = new byte[32];
            java.util.Arrays.fill(octets, (byte) fill);
            text.append(Base64.getEncoder().encodeToString(octets)).append('\n');
        }
        return Files.writeString(Files.createTempFile(home, "quarantine", ".key"), text);
    }

    @Test
    void keptMailShouldBeSeenWithAllThatIsKnown() throws Exception {
        String id = keep("mail", "arzt@partner.example", "b@partner.example");

        KeptMail kept = quarantine.find(id);
        assertThat(all()).containsExactly(kept);
        assertThat(kept.envelope().sender()).isEqualTo("clinician@klinik.example");
        assertThat(kept.envelope().recipients()).containsExactlyInAnyOrder("arzt@partner.example", "b@partner.example");
        assertThat(kept.subject()).contains("finding of patient 7");
        assertThat(kept.why().word()).isEqualTo("tls-not-offered");
        assertThat(kept.why().notes()).hasSize(2);
        assertThat(kept.why().required()).isEqualTo(TlsLevel.ENCRYPT.requirement());
        assertThat(kept.why().classes()).containsExactly("medical");
        assertThat(kept.withheldAt()).contains(NOON);
        assertThat(kept.expires()).contains(NOON.plus(Duration.ofDays(30)));
        assertThat(kept.size()).isPositive();
        assertThat(quarantine.headers(id))
                .extracting(KeptMail.HeaderField::name)
                .contains("Subject", "X-Odd");
        assertThat(evidence)
                .extracting(each -> each.deed().word() + " " + each.mail().recipient() + " "
                        + each.reason().map(Reason::word).orElse(""))
                .containsExactlyInAnyOrder(
                        "quarantined arzt@partner.example tls-not-offered",
                        "quarantined b@partner.example tls-not-offered");
    }

    @Test
    void mailOfAnOlderVersionShouldBeSeenAndStay() throws Exception {
        MailImpl old = mail("old", "arzt@partner.example");
        RecipientNotes.set(old, List.of());
        repository.store(old);

        KeptMail kept = quarantine.find(shelf.id(new MailKey("old")));
        assertThat(kept.subject()).contains("finding of patient 7");
        assertThat(kept.why().word()).isEqualTo("tls-not-offered");
        assertThat(kept.expires()).isEmpty();
        now = NOON.plus(Duration.ofDays(400));
        assertThat(expire()).isEmpty();
        quarantine.release(kept.id(), "anna");
        assertThat(courier.relayed).hasSize(1);
    }

    @Test
    void releasedMailShouldGoAsItCameAndTheEvidenceFirst() throws Exception {
        String id = keep("mail", "arzt@partner.example");

        quarantine.release(id, "anna");

        assertThat(steps).containsExactly("evidence released", "relay");
        assertThat(all()).isEmpty();
        assertThat(repository.size()).isZero();
        Mail released = courier.relayed.get(0);
        assertThat(courier.sources.get(0)).isEqualTo(SOURCE);
        assertThat(released.getName()).isEqualTo("mail");
        assertThat(released.getMaybeSender().asString()).isEqualTo("clinician@klinik.example");
        assertThat(released.getRecipients()).containsExactly(new MailAddress("arzt@partner.example"));
        assertThat(released.getAttribute(AttributeName.of("of.another"))
                        .map(attribute -> String.valueOf(attribute.getValue().value())))
                .contains("7");
        assertThat(released.attributeNames().map(AttributeName::asString))
                .noneMatch(name -> name.startsWith("tlsward.quarantine") || name.equals("tlsward.release"));
        assertThat(ReleaseMark.of(released, new MailAddress("arzt@partner.example")))
                .isEmpty();
        assertThatThrownBy(() -> quarantine.release(id, "anna")).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void withoutEvidenceNothingShouldBeDone() throws Exception {
        String id = keep("mail", "arzt@partner.example");
        quarantine.override(id, "anna", "theatre", TlsLevel.MAY);
        noEvidence = true;

        assertThatThrownBy(() -> quarantine.release(id, "anna"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nothing was done");
        assertThatThrownBy(() -> quarantine.confirm(id, "boris", NOON)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> quarantine.bounce(id, "anna")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> quarantine.withdraw(id, "anna")).isInstanceOf(IOException.class);
        now = NOON.plus(Duration.ofDays(31));
        assertThatThrownBy(this::expire).isInstanceOf(IOException.class);

        assertThat(courier.relayed).isEmpty();
        assertThat(courier.returned).isEmpty();
        assertThat(repository.size()).isEqualTo(1);
        quarantine.keep(shelf, mail("kept all the same", "arzt@partner.example"));
        assertThat(repository.size()).isEqualTo(2);
    }

    @Test
    void mailThatCannotBeQueuedShouldStay() throws Exception {
        String id = keep("mail", "arzt@partner.example");
        courier.spoolIsFull = true;

        assertThatThrownBy(() -> quarantine.release(id, "anna")).hasMessageContaining("the spool is full");
        courier.spoolIsFull = false;
        quarantine.release(id, "anna");
        assertThat(courier.sources).containsExactly(SOURCE);
    }

    @Test
    void ofTwoOperatorsOneShouldReleaseAMail() throws Exception {
        String id = keep("mail", "arzt@partner.example");

        assertThat(atOnce(quarantine, quarantine, id)).isEqualTo(1);

        assertThat(courier.relayed).hasSize(1);
        assertThat(repository.size()).isZero();
    }

    /** James' repositories know no transaction: never a loss, at worst a second copy. */
    @Test
    void twoServersAtOnceShouldLoseNothing() throws Exception {
        Quarantine other = another(shelf);
        for (int i = 0; i < 20; i++) {
            courier.relayed.clear();
            String id = keep("mail" + i, "arzt@partner.example");
            atOnce(quarantine, other, id);
            assertThat(courier.relayed).hasSizeBetween(1, 2);
            assertThat(repository.size()).isZero();
        }
    }

    private static int atOnce(Quarantine one, Quarantine other, String id) throws Exception {
        CountDownLatch ready = new CountDownLatch(2);
        ExecutorService operators = Executors.newFixedThreadPool(2);
        try {
            List<Future<Boolean>> released = new ArrayList<>();
            for (Quarantine each : List.of(one, other)) {
                released.add(operators.submit(() -> {
                    ready.countDown();
                    ready.await();
                    try {
                        each.release(id, "anna");
                        return true;
                    } catch (NoSuchElementException | IOException e) {
                        return false;
                    }
                }));
            }
            int count = 0;
            for (Future<Boolean> each : released) {
                count += each.get() ? 1 : 0;
            }
            return count;
        } finally {
            operators.shutdownNow();
        }
    }

    @Test
    void overrideShouldWaitForAnotherPersonOnWhicheverServer() throws Exception {
        String id = keep("mail", "arzt@partner.example");
        Quarantine other = another(shelf);

        assertThat(quarantine.override(id, "anna", "theatre", TlsLevel.ENCRYPT)).isEqualTo(Wish.PENDING);
        assertThat(other.find(id).pending()).contains(new PendingOverride("anna", NOON, "theatre", TlsLevel.ENCRYPT));
        assertThatThrownBy(() -> other.confirm(id, "anna", NOON)).isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(() -> other.confirm(id, "ANNA", NOON)).isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(() -> other.override(id, "boris", "me too", TlsLevel.MAY))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> other.confirm(id, "boris", NOON.plusSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(courier.relayed).isEmpty();

        other.confirm(id, "boris", NOON);

        assertThat(steps).containsExactly("evidence override-requested", "evidence override-confirmed", "relay");
        Mail released = courier.relayed.get(0);
        assertThat(courier.sources).containsExactly(SOURCE);
        assertThat(ReleaseMark.of(released, new MailAddress("arzt@partner.example")))
                .contains(new ReleaseOverride(
                        "anna, confirmed by boris",
                        TlsLevel.ENCRYPT,
                        TlsLevel.ENCRYPT.requirement(),
                        "theatre",
                        false));
        assertThat(evidence.get(evidence.size() - 1).why()).contains("lowered to encrypt: theatre (anna)");
        assertThat(repository.size()).isZero();
    }

    @Test
    void wishShouldBeForgottenAfterADay() throws Exception {
        String id = keep("mail", "arzt@partner.example");
        quarantine.override(id, "anna", "theatre", TlsLevel.MAY);

        now = NOON.plus(Duration.ofHours(24));

        assertThat(quarantine.find(id).pending()).isEmpty();
        assertThatThrownBy(() -> quarantine.confirm(id, "boris", NOON)).isInstanceOf(NoSuchElementException.class);
        assertThat(courier.relayed).isEmpty();
        assertThat(quarantine.override(id, "boris", "now", TlsLevel.MAY)).isEqualTo(Wish.PENDING);
    }

    @Test
    void releaseWithoutOverrideShouldNotCarryAWishAlong() throws Exception {
        String id = keep("mail", "arzt@partner.example");
        quarantine.override(id, "anna", "theatre", TlsLevel.MAY);
        quarantine.release(id, "anna");

        assertThat(ReleaseMark.of(courier.relayed.get(0), new MailAddress("arzt@partner.example")))
                .isEmpty();
    }

    /** One release, one delivery: whoever releases it again has to ask again. */
    @Test
    void overrideShouldNotSurviveIntoAnotherRelease() throws Exception {
        fourEyes = false;
        String id = keep("mail", "arzt@partner.example");
        assertThat(quarantine.override(id, "anna", "theatre", TlsLevel.MAY)).isEqualTo(Wish.RELEASED);
        Mail released = courier.relayed.get(0);
        MailAddress recipient = new MailAddress("arzt@partner.example");
        assertThat(ReleaseMark.of(released, recipient)).isPresent();

        quarantine.keep(shelf, released);
        quarantine.release(id, "anna");

        assertThat(ReleaseMark.of(courier.relayed.get(1), recipient)).isEmpty();
    }

    @Test
    void bouncedMailShouldGoBackAndTheEvidenceFirst() throws Exception {
        String id = keep("mail", "arzt@partner.example");

        assertThat(quarantine.bounce(id, "anna")).isTrue();

        assertThat(steps).containsExactly("evidence bounced", "tell");
        assertThat(courier.returned).containsExactly("mail arzt@partner.example");
        assertThat(repository.size()).isZero();
        courier.somebodyIsTold = false;
        assertThat(quarantine.bounce(keep("other", "a@b.example"), "anna")).isFalse();
        assertThat(repository.size()).isZero();
    }

    @Test
    void mailShouldGoBackWhenItHasLainTooLong() throws Exception {
        keep("early", "arzt@partner.example");
        now = NOON.plusSeconds(1);
        keep("late", "arzt@partner.example");
        now = NOON.plus(Duration.ofDays(30));

        assertThat(expire()).extracting(KeptMail::id).containsExactly(shelf.id(new MailKey("early")));

        assertThat(courier.returned).containsExactly("early arzt@partner.example");
        assertThat(evidence.get(evidence.size() - 1).deed().word()).isEqualTo("expired");
        assertThat(evidence.get(evidence.size() - 1).by()).isEmpty();
        assertThat(all()).hasSize(1);
    }

    @Test
    void oneMailThatCannotBeReadShouldNotKeepTheOthersFromGoingBack() throws Exception {
        keep("early", "arzt@partner.example");
        now = NOON.plusSeconds(1);
        keep("broken", "arzt@partner.example");
        now = NOON.plusSeconds(2);
        keep("gone", "arzt@partner.example");
        now = NOON.plus(Duration.ofDays(31));
        int[] looks = new int[2];
        breaking("retrieve", name -> {
            if (name.equals("gone") && looks[0]++ > 0) {
                repository.remove(new MailKey("gone")); // by another server
            }
            if (name.equals("broken") && looks[1]++ > 0) {
                throw new MessagingException("half a file");
            }
        });

        List<KeptMail> returned = new ArrayList<>();
        assertThatThrownBy(() -> quarantine.expire(returned::add))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("1 mails")
                .hasMessageContaining("half a file");

        assertThat(returned).extracting(KeptMail::id).containsExactly(shelf.id(new MailKey("early")));
        assertThat(courier.returned).containsExactly("early arzt@partner.example");
    }

    @Test
    void oneMailThatCannotBeReleasedShouldNotKeepTheOthers() throws Exception {
        keep("early", "arzt@partner.example");
        now = NOON.plusSeconds(1);
        keep("broken", "arzt@partner.example");
        int[] looks = new int[1];
        breaking("retrieve", name -> {
            if (name.equals("broken") && looks[0]++ > 0) {
                throw new MessagingException("half a file");
            }
        });

        assertThat(quarantine.releaseAll("partner.example", "anna")).isEqualTo(new Quarantine.Released(1, 1));

        assertThat(courier.relayed).extracting(Mail::getName).containsExactly("early");
    }

    /** What happens before a mail of that name is reached. */
    private interface Before {
        void step(String name) throws Exception;
    }

    private void breaking(String name, Before before) {
        MailRepository breaking = (MailRepository) java.lang.reflect.Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {MailRepository.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals(name)) {
                        before.step(((MailKey) arguments[0]).asString());
                    }
                    return method.invoke(repository, arguments);
                });
        shelf = new Shelf(HomeDirectory.URL, breaking, courier);
        quarantine = another(shelf);
    }

    /** A file of James is empty for a moment while it is written. */
    @Test
    void mailThatIsWrittenAnewShouldLieBesideUntilItIsWritten() throws Exception {
        String id = keep("mail", "arzt@partner.example");
        List<String> stored = new ArrayList<>();
        MailRepository breaking = (MailRepository) java.lang.reflect.Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {MailRepository.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("store")) {
                        stored.add(((Mail) arguments[0]).getName());
                        if (stored.size() == 2) {
                            repository.remove(new MailKey("mail"));
                            throw new MessagingException("power cut");
                        }
                    }
                    return method.invoke(repository, arguments);
                });
        Quarantine other = another(new Shelf(HomeDirectory.URL, breaking, courier));

        assertThatThrownBy(() -> other.override(id, "anna", "theatre", TlsLevel.MAY))
                .isInstanceOf(IOException.class);

        assertThat(stored).containsExactly("mail~", "mail");
        quarantine.release(all().get(0).id(), "anna");
        assertThat(courier.sources).containsExactly(SOURCE);
    }

    /** The power fails before each change of the repository in turn: afterwards there is one mail, with all that belongs to it. */
    @ParameterizedTest
    @CsvSource({"1, false", "2, false", "3, false", "1, true", "2, true", "3, true"})
    void crashWhileAMailIsWrittenAnewShouldLeaveOneMail(int change, boolean sealed) throws Exception {
        key = sealed ? Optional.of(keyFile(1)) : Optional.empty();
        String id = keep("mail", "arzt@partner.example");
        List<String> changes = failing(change);
        assertThatThrownBy(() -> quarantine.override(id, "anna", "theatre", TlsLevel.MAY))
                .isInstanceOf(IOException.class);

        assertThat(changes)
                .isEqualTo(List.of("store mail~", "store mail", "remove mail~").subList(0, change));
        restart();
        assertThat(all()).extracting(KeptMail::id).containsExactly(id);
        assertThat(quarantine.find(id).pending().isPresent()).isEqualTo(change == 3);
        quarantine.release(id, "boris");
        assertThat(courier.sources).containsExactly(SOURCE);
        assertThat(repository.size()).isZero();
    }

    /** Whoever knows the name of the mail need not look at the list first. */
    @Test
    void mailThatWasLostWhileItWasWrittenAnewShouldBeRestoredBeforeItIsUsed() throws Exception {
        String id = keep("mail", "arzt@partner.example");
        List<String> unused = failing(3);
        assertThatThrownBy(() -> quarantine.override(id, "anna", "theatre", TlsLevel.MAY))
                .isInstanceOf(IOException.class);
        repository.remove(new MailKey("mail"));

        restart();
        quarantine.confirm(id, "boris", NOON);
        assertThat(courier.sources).containsExactly(SOURCE);
        assertThat(repository.size()).isZero();
    }

    /** Sent is sent: what a crash leaves never looks like a second mail. */
    @Test
    void copyThatCannotBeOpenedShouldBeHiddenAndGoFirst() throws Exception {
        key = Optional.of(keyFile(2));
        keep("mail~", "arzt@partner.example");
        assertThat(all()).hasSize(1);
        key = Optional.of(keyFile(1));
        assertThat(all()).singleElement().matches(KeptMail::isUnreadable);
        String id = keep("mail", "arzt@partner.example");
        assertThat(all()).extracting(KeptMail::id).containsExactly(id);

        List<String> changes = failing(2);
        assertThatThrownBy(() -> quarantine.bounce(id, "anna")).hasMessageContaining("do not do it again");
        assertThat(changes).containsExactly("remove mail~", "remove mail");
        restart();
        assertThat(all()).extracting(KeptMail::id).containsExactly(id);
        quarantine.bounce(id, "anna");
        assertThat(repository.size()).isZero();
    }

    private void restart() {
        shelf = new Shelf(HomeDirectory.URL, repository, courier);
        quarantine = another(shelf);
    }

    /** Nothing changes from that change on; tells what was tried. */
    private List<String> failing(int first) {
        List<String> changes = new ArrayList<>();
        MailRepository failing = (MailRepository) java.lang.reflect.Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {MailRepository.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("store")) {
                        changes.add("store " + ((Mail) arguments[0]).getName());
                    } else if (method.getName().equals("remove")) {
                        changes.add("remove " + ((MailKey) arguments[0]).asString());
                    } else {
                        return method.invoke(repository, arguments);
                    }
                    if (changes.size() >= first) {
                        throw new MessagingException("power cut");
                    }
                    return method.invoke(repository, arguments);
                });
        shelf = new Shelf(HomeDirectory.URL, failing, courier);
        quarantine = another(shelf);
        return changes;
    }

    @Test
    void sealedMailShouldGoAsItCame() throws Exception {
        String plain = keep("plain", "arzt@partner.example");
        key = Optional.of(keyFile(1));
        String id = keep("mail", "arzt@partner.example", "b@partner.example");

        assertThat(all()).hasSize(2);
        assertThat(quarantine.find(id).envelope().recipients()).hasSize(2);
        assertThat(quarantine.find(id).subject()).contains("finding of patient 7");
        key = Optional.of(keyFile(2, 1));
        quarantine.override(id, "anna", "theatre", TlsLevel.MAY);
        quarantine.confirm(id, "boris", NOON);
        quarantine.release(plain, "anna");

        assertThat(courier.sources).containsExactly(SOURCE, SOURCE);
        Mail released = courier.relayed.get(0);
        assertThat(released.getRecipients()).hasSize(2);
        assertThat(released.getMaybeSender().asString()).isEqualTo("clinician@klinik.example");
        assertThat(ReleaseMark.of(released, new MailAddress("b@partner.example")))
                .isPresent();
        assertThat(RecipientNotes.get(released)).hasSize(2);
        assertThat(repository.size()).isZero();
    }

    @Test
    void sealedMailShouldTellNothingWithoutTheKey() throws Exception {
        key = Optional.of(keyFile(1));
        String id = keep("mail", "arzt@partner.example");

        Mail stored = repository.retrieve(new MailKey("mail"));
        String outside = FakeCourier.source(stored.getMessage())
                + stored.getMaybeSender()
                + stored.getRecipients()
                + stored.attributes().map(Attribute::toString).toList();
        assertThat(outside).doesNotContain("dGhlIHNl", "finding", "clinician", "partner", "medical", "Subject");
        for (Optional<Path> wrong : List.of(Optional.of(keyFile(2)), Optional.<Path>empty())) {
            key = wrong;
            assertThat(all()).singleElement().satisfies(mail -> {
                assertThat(mail.id()).isEqualTo(id);
                assertThat(mail.isUnreadable()).isTrue();
                assertThat(mail.why().sentence()).contains("key");
            });
            assertThatThrownBy(() -> quarantine.release(id, "anna"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("key");
            assertThatThrownBy(() -> quarantine.bounce(id, "anna")).isInstanceOf(IOException.class);
            now = NOON.plus(Duration.ofDays(99));
            assertThat(expire()).isEmpty();
            assertThat(repository.size()).isEqualTo(1);
        }
        key = Optional.of(keyFile(1));
        quarantine.release(id, "anna");
        assertThat(courier.sources).containsExactly(SOURCE);
    }

    /** Somebody sent it through James by another way than ours. */
    @Test
    void sealedMailThatComesBackShouldStaySealed() throws Exception {
        key = Optional.of(keyFile(1));
        String id = keep("mail", "arzt@partner.example");
        Mail stored = repository.retrieve(new MailKey("mail"));
        repository.remove(new MailKey("mail"));
        key = Optional.empty();

        quarantine.keep(shelf, stored);

        key = Optional.of(keyFile(1));
        quarantine.release(id, "anna");
        assertThat(courier.sources).containsExactly(SOURCE);
    }
}
