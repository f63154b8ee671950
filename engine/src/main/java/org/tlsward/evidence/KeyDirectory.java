/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.tlsward.files.PrivateFile;

/**
 * What lies beside the log, not in it, so that who may write the log need not have it:
 *
 * <ul>
 *   <li>{@code signing-key.pem}: signs; made at the first start, and never again while there is evidence;
 *   <li>{@code signing-key.pub.pem}: checks; may be given away;
 *   <li>{@code evidence-head}: how far the log goes, see {@link SignedHead};
 *   <li>{@code address-key}: turns addresses into hashes, see {@link KeyedAddresses}; {@code address-key.id} tells which one it was.
 * </ul>
 *
 * @param path the directory, mode 0700
 */
record KeyDirectory(Path path) {
    static final String PUBLIC_KEY = "signing-key.pub.pem";
    static final String HEAD = "evidence-head";
    static final String PRIVATE_KEY = "signing-key.pem";
    private static final String ADDRESS_KEY = "address-key";

    /** Where it is unless somebody says otherwise: {@code var/evidence-key} for {@code var/evidence}. */
    static Path usualFor(Path evidence) {
        Path absolute = evidence.toAbsolutePath().normalize();
        return absolute.resolveSibling(absolute.getFileName() + "-key");
    }

    static KeyDirectory prepare(Path path) throws IOException {
        return new KeyDirectory(EvidenceDirectory.prepare(path).path());
    }

    Path head() {
        return path.resolve(HEAD);
    }

    /** The key of this log; made if there is no evidence yet. */
    SigningKey signingKey(EvidenceDirectory evidence, Instant now) throws IOException {
        Path file = path.resolve(PRIVATE_KEY);
        if (Files.notExists(file)) {
            // The public half is written last: where it is, there was a log, even if somebody has taken all of that
            // away.
            if (!evidence.dayFiles().isEmpty() || Files.exists(path.resolve(PUBLIC_KEY))) {
                throw new EvidenceUnavailableException(
                        "there is or was evidence in " + evidence.path() + ", but the key " + file
                                + " that has signed it is gone. Take it from the backup; or, to begin anew, move both folders away");
            }
            makeSigningKey(file, now);
        }
        SigningKey key = SigningKey.read(file);
        Path shown = path.resolve(PUBLIC_KEY);
        if (Files.notExists(shown)
                || !Files.readString(shown).equals(key.publicHalf().pem())) {
            PrivateFile.replace(shown, key.publicHalf().pem());
        }
        return key;
    }

    /** First the head, then the key: a crash in between begins anew, and a key without a head is always a finding. */
    private void makeSigningKey(Path file, Instant now) throws IOException {
        SigningKey key = SigningKey.generate();
        SignedHead nothing = new SignedHead(now, ChainLink.START, "", 0, Optional.empty());
        PrivateFile.replace(head(), nothing.encode(key));
        PrivateFile.replace(file, key.pem());
    }

    /** The key of addresses; made if none was ever used here. */
    KeyedAddresses addresses() throws IOException {
        Path file = path.resolve(ADDRESS_KEY);
        Path idFile = path.resolve(ADDRESS_KEY + ".id");
        boolean used = Files.exists(idFile);
        if (Files.notExists(file)) {
            if (used) {
                throw new EvidenceUnavailableException("addresses in the evidence were hashed with the key " + file
                        + ", which is gone. Take it from the backup; or, to use a new one from now on, remove "
                        + idFile);
            }
            KeyedAddresses.create(file);
        }
        KeyedAddresses key = KeyedAddresses.read(file);
        if (used && !Files.readString(idFile).strip().equals(key.id())) {
            throw new EvidenceUnavailableException(
                    "the key " + file + " is not the one that hashed the addresses so far."
                            + " Take that from the backup; or, to use this one from now on, remove " + idFile);
        }
        if (!used) {
            PrivateFile.replace(idFile, key.id() + "\n");
        }
        return key;
    }
}
