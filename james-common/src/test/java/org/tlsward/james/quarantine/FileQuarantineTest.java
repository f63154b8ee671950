/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james.quarantine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tlsward.james.quarantine.KeptMailSamples.SOURCE;
import static org.tlsward.james.quarantine.KeptMailSamples.mail;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.james.mailrepository.api.MailKey;
import org.apache.james.mailrepository.api.MailRepository;
import org.apache.james.server.core.MailImpl;
import org.junit.jupiter.api.Test;
import org.tlsward.policy.TlsLevel;

/** With James' own repository of files. */
class FileQuarantineTest extends QuarantineContract {
    @Override
    MailRepository open(Path home) throws Exception {
        return new HomeDirectory(home).repository();
    }

    private Path directory() {
        return new HomeDirectory(home).directory();
    }

    private List<Path> files() throws Exception {
        try (Stream<Path> files = Files.list(directory())) {
            return files.filter(file -> !file.endsWith(".tlsward-lock")).toList();
        }
    }

    @Test
    void keptMailShouldSurviveARestart() throws Exception {
        String id = keep("mail", "arzt@partner.example");
        quarantine.override(id, "anna", "theatre", TlsLevel.MAY);

        Quarantine next = another(new Shelf(HomeDirectory.URL, open(home), courier));

        assertThat(next.find(id).pending()).isPresent();
        next.confirm(id, "boris", now);
        assertThat(courier.sources).containsExactly(SOURCE);
    }

    @Test
    void sealedFilesShouldHaveNothingOfTheMail() throws Exception {
        key = Optional.of(keyFile(1));
        keep("mail", "arzt@partner.example");

        assertThat(files()).hasSize(2);
        for (Path file : files()) {
            assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                    .doesNotContain(
                            "dGhlIHNl", "finding", "patient", "clinician", "partner.example", "tls-not-offered");
        }
    }

    @Test
    void sealedMailThatWasChangedOrExchangedShouldNotBeOpened() throws Exception {
        key = Optional.of(keyFile(1));
        String id = keep("mail", "arzt@partner.example");
        keep("other", "arzt@partner.example");
        Path one = files().stream()
                .filter(file -> isMessage(file, "mail"))
                .findFirst()
                .orElseThrow();
        Path other = files().stream()
                .filter(file -> isMessage(file, "other"))
                .findFirst()
                .orElseThrow();
        Files.copy(other, one, java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        Quarantine next = another(new Shelf(HomeDirectory.URL, open(home), courier));

        org.assertj.core.api.Assertions.assertThatThrownBy(() -> next.release(id, "anna"))
                .hasMessageContaining("changed or damaged");
        assertThat(repository.retrieve(new MailKey("mail"))).isNotNull();
        assertThat(courier.relayed).isEmpty();
    }

    /** A file of James is empty before it is whole, and its envelope is the old one then. */
    @Test
    void mailThatIsHalfWrittenShouldBeRestoredFromTheCopyBesideIt() throws Exception {
        String id = keep("mail", "arzt@partner.example");
        MailImpl copy = RawMessage.copyOf(repository.retrieve(new MailKey("mail")));
        copy.setName("mail~");
        repository.store(copy);
        for (String name : List.of("mail", "mail~")) {
            Path half = files().stream()
                    .filter(file -> isMessage(file, name))
                    .findFirst()
                    .orElseThrow();
            byte[] whole = Files.readAllBytes(half);
            Files.write(half, java.util.Arrays.copyOf(whole, whole.length / 2));
            quarantine = another(new Shelf(HomeDirectory.URL, repository, courier));
            assertThat(all()).extracting(KeptMail::id).containsExactly(id);
            assertThat(FakeCourier.source(
                            repository.retrieve(new MailKey("mail")).getMessage()))
                    .isEqualTo(SOURCE);
            repository.store(copy);
        }
        quarantine.release(id, "anna");
        assertThat(courier.sources).containsExactly(SOURCE);
    }

    private static boolean isMessage(Path file, String name) {
        String hex = java.util.HexFormat.of().withUpperCase().formatHex(name.getBytes(StandardCharsets.US_ASCII));
        return file.getFileName().toString().equals(hex + ".Repository.FileStreamStore");
    }

    @Test
    void filesShouldBeClosedToOthers() throws Exception {
        repository.store(mail("before", "arzt@partner.example"));
        Files.setPosixFilePermissions(directory(), PosixFilePermissions.fromString("rwxr-xr-x"));
        for (Path file : files()) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        }

        PrivateFiles closed = PrivateFiles.in(directory());
        shelf = new Shelf(HomeDirectory.URL, repository, courier, Optional.of(closed));
        quarantine.add(shelf);
        quarantine.override(keep("mail", "arzt@partner.example"), "anna", "theatre", TlsLevel.MAY);

        assertThat(closed.problem()).isEmpty();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory())))
                .isEqualTo("rwx------");
        assertThat(files()).hasSize(4).allSatisfy(file -> assertThat(
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------"));
    }
}
