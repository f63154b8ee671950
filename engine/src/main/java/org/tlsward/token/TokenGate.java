/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.token;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.classes.FileStamp;
import org.tlsward.health.HealthProblem;
import org.tlsward.health.HealthProblem.Severity;
import org.tlsward.health.HealthSource;

/**
 * Says whose token was sent. The slow hash is computed once for each token; after that its digest is enough, until the file changes.
 *
 * <p>One at a time: somebody who guesses keeps one core busy and no more. A name that does not exist is answered at once, because names
 * are no secrets.
 */
public final class TokenGate implements HealthSource {
    private static final Logger LOGGER = LoggerFactory.getLogger(TokenGate.class);
    private static final int LONGEST = 200;

    private final Path file;
    private final Map<String, String> verified = new HashMap<>();
    private Optional<FileStamp> seen = Optional.empty();
    private Map<String, TokenEntry> entries = Map.of();
    private Optional<HealthProblem> problem = Optional.empty();

    /** A gate for the tokens of that file, which need not exist. */
    public TokenGate(Path file) {
        this.file = file;
    }

    /** The name of the owner of what {@code tlsward token add} has shown; empty if it is no token of ours, or not any more. */
    public synchronized Optional<String> nameOf(String token) {
        reread();
        int dot = token.indexOf('.');
        if (dot < 0 || token.length() > LONGEST) {
            return Optional.empty();
        }
        TokenEntry entry = entries.get(token.substring(0, dot));
        if (entry == null) {
            return Optional.empty();
        }
        String digest = digest(token);
        if (verified.containsKey(digest)) {
            return Optional.of(verified.get(digest));
        }
        if (!entry.hash().matches(token.substring(dot + 1))) {
            LOGGER.warn("a request with a wrong secret for the token \"{}\" was refused", entry.name());
            return Optional.empty();
        }
        verified.put(digest, entry.name());
        return Optional.of(entry.name());
    }

    private void reread() {
        FileStamp stamp = FileStamp.of(file);
        if (seen.filter(stamp::equals).isPresent()) {
            return;
        }
        verified.clear();
        entries = Map.of();
        problem = Optional.empty();
        seen = Optional.of(stamp);
        try {
            // Looked at before it is read: what others may write to is not believed, whatever it says.
            if (Files.exists(file)) {
                checkPermissions();
            }
            Map<String, TokenEntry> read = new HashMap<>();
            for (TokenEntry entry : TokenFile.read(file)) {
                if (read.put(entry.name(), entry) != null) {
                    throw new IOException("the name \"" + entry.name() + "\" stands there twice");
                }
            }
            entries = read;
        } catch (IOException | SecurityException e) {
            refuse(e.toString());
        }
    }

    private void checkPermissions() throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        if (permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new IOException("others may write to it (expected: chmod 600 " + file + ")");
        }
        if (permissions.contains(PosixFilePermission.OTHERS_READ)) {
            warn("everybody on this machine may read its hashes (expected: chmod 600 " + file + ")");
        }
    }

    private void refuse(String why) {
        LOGGER.error("{}: nobody gets in with a token: {}", file, why);
        problem = Optional.of(new HealthProblem(
                Severity.DEGRADED, TokenFile.NAME, "nobody gets in with a token, because the file is bad: " + why));
    }

    private void warn(String why) {
        LOGGER.warn("{}: {}", file, why);
        problem = Optional.of(new HealthProblem(Severity.DEGRADED, TokenFile.NAME, why));
    }

    private static String digest(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no SHA-256", e);
        }
    }

    @Override
    public synchronized List<HealthProblem> problems() {
        reread();
        return problem.stream().toList();
    }
}
