/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james.quarantine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.james.mailrepository.api.MailRepository;
import org.apache.james.mailrepository.memory.MemoryMailRepository;
import org.junit.jupiter.api.Test;
import org.tlsward.health.HealthProblem;
import org.tlsward.policy.TlsLevel;

/** What happens by itself, and what the health check says. The tests of the contract run once more, which does no harm. */
class QuarantineKeeperTest extends QuarantineContract {
    @Override
    MailRepository open(Path home) {
        return new MemoryMailRepository();
    }

    private QuarantineKeeper keeper() {
        return QuarantineKeeper.resting(quarantine, home.resolve("var/tlsward"), clock());
    }

    @Test
    void listShouldGoOnceADay() throws Exception {
        keep("mail", "arzt@partner.example");
        QuarantineKeeper keeper = keeper();
        keeper.look();
        assertThat(courier.told).as("a server that was just set up").isEmpty();

        now = Instant.parse("2027-03-02T05:59:59Z");
        keeper.look();
        assertThat(courier.told).isEmpty();
        now = Instant.parse("2027-03-02T06:00:00Z");
        keeper.look();
        keeper().look();
        assertThat(courier.told).hasSize(1);
        now = Instant.parse("2027-03-04T23:00:00Z");
        keeper.look();
        assertThat(courier.told).hasSize(2);
    }

    @Test
    void listShouldNameMailButNotItsContentAndTravelAsTheMailWould() throws Exception {
        String id = keep("mail", "arzt@partner.example");
        keeper().look();
        quarantine.override(id, "anna", "theatre", TlsLevel.MAY);
        now = Instant.parse("2027-03-02T06:00:00Z");
        keeper().look();

        FakeCourier.Told told = courier.told.get(0);
        assertThat(told.address()).isEqualTo("postmaster@klinik.example");
        assertThat(told.required()).isEqualTo(TlsLevel.ENCRYPT.requirement());
        assertThat(told.full())
                .contains("arzt@partner.example", "clinician@klinik.example", "tls-not-offered", "2027-03-01 12:00")
                .contains("Auto-Submitted: auto-generated", "Mail in quarantine: 1", "Waiting for a second person: 1")
                .doesNotContain("patient", "dGhlIHNl");
        assertThat(told.redacted())
                .contains("Mail in quarantine: 1")
                .doesNotContain("partner.example", "clinician", "tls-not-offered");
    }

    @Test
    void emptyQuarantineShouldNotBeToldOfUnlessMailWentBack() throws Exception {
        keeper().look();
        now = Instant.parse("2027-03-02T06:00:00Z");
        keeper().look();
        assertThat(courier.told).isEmpty();

        keep("mail", "arzt@partner.example");
        QuarantineKeeper keeper = keeper();
        now = now.plus(Duration.ofDays(31));
        keeper.look();
        assertThat(courier.returned).hasSize(1);
        assertThat(courier.told).singleElement().satisfies(told -> assertThat(told.full())
                .contains("too long: 1"));
    }

    @Test
    void healthShouldBeRedWithoutTheKey() throws Exception {
        Path file = keyFile(1);
        key = Optional.of(file);
        keep("mail", "arzt@partner.example");
        QuarantineKeeper keeper = keeper();
        keeper.look();
        assertThat(keeper.problems()).isEmpty();

        Files.delete(file);
        keep("still sealed", "arzt@partner.example");
        keeper.look();
        assertThat(keeper.problems())
                .extracting(HealthProblem::message)
                .singleElement()
                .asString()
                .contains("cannot be read", "stays in use");

        key = Optional.of(keyFile(2));
        keeper.look();
        assertThat(keeper.problems())
                .extracting(HealthProblem::message)
                .singleElement()
                .asString()
                .startsWith("2 withheld mails cannot be read");
        key = Optional.of(Files.writeString(home.resolve("no.key"), "short\n"));
        keeper.look();
        assertThat(keeper.problems()).extracting(HealthProblem::message).anyMatch(what -> what.contains("no key"));
    }

    @Test
    void keyThatOthersCanReadShouldBeTold() throws Exception {
        key = Optional.of(keyFile(1));
        Files.setPosixFilePermissions(key.get(), java.nio.file.attribute.PosixFilePermissions.fromString("rw-r-----"));

        assertThat(keeper().problems())
                .extracting(HealthProblem::message)
                .singleElement()
                .asString()
                .contains("chmod 600");
    }
}
