/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james.quarantine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javax.mail.MessagingException;
import org.apache.mailet.Mail;
import org.tlsward.health.HealthProblem;
import org.tlsward.health.HealthProblem.Severity;

/**
 * Seals mail that goes on a shelf, if the admin has a key, and opens what comes from there. A key file that cannot be read any more does no
 * harm before the next start: the keys that were read last stay in use, and the health check is red.
 */
final class Seal {
    private static final Set<PosixFilePermission> OTHERS = EnumSet.complementOf(EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE));

    private final Supplier<Optional<Path>> keyFile;
    private Optional<Loaded> loaded = Optional.empty();
    private Optional<String> problem = Optional.empty();

    Seal(Supplier<Optional<Path>> keyFile) {
        this.keyFile = keyFile;
    }

    private record Loaded(Path file, FileTime modified, SealKeys keys) {}

    /** The mail as it lies on a shelf. */
    Mail close(Mail mail) throws MessagingException {
        Optional<SealKeys> keys = keys();
        return keys.isPresent() ? SealedMail.of(mail, keys.get()) : mail;
    }

    /** The mail that lies there, whole. */
    Mail open(Mail mail) throws MessagingException {
        return SealedMail.isSealed(mail) ? SealedMail.open(mail, needed(), true) : mail;
    }

    /** The same without its message, which a list need not open. A mail that is not sealed is left as it is. */
    Mail openEnvelope(Mail mail) throws MessagingException {
        return SealedMail.isSealed(mail) ? SealedMail.open(mail, needed(), false) : mail;
    }

    private SealKeys needed() throws MessagingException {
        return keys().orElseThrow(() -> new MessagingException(
                "it is sealed, and there is no key (expected: key=\"...\" in <quarantine> of tlsward.xml)"));
    }

    /** @throws MessagingException if there should be keys and there are none */
    synchronized Optional<SealKeys> keys() throws MessagingException {
        Optional<Path> file = keyFile.get();
        if (file.isEmpty()) {
            problem = Optional.empty();
            return Optional.empty();
        }
        try {
            FileTime modified = Files.getLastModifiedTime(file.get());
            if (loaded.filter(each ->
                            each.file().equals(file.get()) && each.modified().equals(modified))
                    .isEmpty()) {
                loaded = Optional.of(new Loaded(file.get(), modified, SealKeys.read(file.get())));
            }
            problem = Optional.empty();
        } catch (IOException e) {
            problem = Optional.of("the key of the quarantine cannot be read: " + e.getMessage()
                    + (loaded.isPresent() ? "; the last one stays in use until the next start" : ""));
            if (loaded.isEmpty()) {
                throw new MessagingException(problem.get(), e);
            }
        }
        return loaded.map(Loaded::keys);
    }

    List<HealthProblem> problems() {
        List<HealthProblem> problems = new ArrayList<>();
        try {
            keys();
        } catch (MessagingException e) {
            // told below
        }
        synchronized (this) {
            problem.map(what -> new HealthProblem(Severity.UNHEALTHY, "quarantine", what))
                    .ifPresent(problems::add);
        }
        keyFile.get()
                .filter(Seal::isOpenToOthers)
                .map(file -> new HealthProblem(
                        Severity.DEGRADED, "quarantine", "others can read the key " + file + " (expected: chmod 600)"))
                .ifPresent(problems::add);
        return problems;
    }

    private static boolean isOpenToOthers(Path file) {
        try {
            return Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains);
        } catch (IOException | UnsupportedOperationException e) {
            return false; // told otherwise, or there is nothing of the kind here
        }
    }
}
