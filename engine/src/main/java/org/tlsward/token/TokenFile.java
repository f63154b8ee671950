/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.token;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.tlsward.files.FormatLine;
import org.tlsward.files.PrivateFile;

/** The file with the names and hashes, {@code conf/tlsward-tokens}, for whoever changes it. */
public final class TokenFile {
    /** How the file is called, in the folder of the configuration. */
    public static final String NAME = "tlsward-tokens";

    /** As a comment, so that a file which an admin has shortened to its lines is still one of version 1. */
    private static final FormatLine FORMAT = new FormatLine("# tlsward-tokens", 1);

    private static final String HEAD = FORMAT.text() + "\n"
            + """
            # Who may use the pages and routes of TLS Ward: a name, a day, a salted hash. The secret itself is nowhere.
            # Made by: tlsward token add NAME      Ended by: tlsward token revoke NAME
            """;
    private static final int SECRET_OCTETS = 32;

    private final Path file;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** The file at that path; it need not exist. */
    public TokenFile(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    /**
     * A token without its secret.
     *
     * @param name who it is for
     * @param made on which day
     */
    public record Listed(String name, LocalDate made) {}

    /** Every token, in the order of the file; none if there is no file. */
    public List<Listed> list() throws IOException {
        return read(file).stream()
                .map(entry -> new Listed(entry.name(), entry.made()))
                .toList();
    }

    /**
     * Makes a token.
     *
     * @return what its owner has to send; it cannot be shown again
     * @throws IllegalArgumentException if the name is taken, or is none
     */
    public String add(String name) throws IOException {
        if (!TokenEntry.isName(name)) {
            throw new IllegalArgumentException(
                    "unsupported name \"" + name + "\" (expected: " + TokenEntry.NAME_EXPECTED + ")");
        }
        List<TokenEntry> entries = new ArrayList<>(read(file));
        if (entries.stream().anyMatch(entry -> entry.name().equals(name))) {
            throw new IllegalArgumentException(
                    "there is a token \"" + name + "\" already (expected: a new name, or revoke the old one first)");
        }
        byte[] octets = new byte[SECRET_OCTETS];
        random.nextBytes(octets);
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
        entries.add(new TokenEntry(
                name, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC), SecretHash.of(secret, random)));
        write(entries);
        return name + "." + secret;
    }

    /** Ends a token; false if there is none of that name. */
    public boolean revoke(String name) throws IOException {
        List<TokenEntry> entries = new ArrayList<>(read(file));
        boolean removed = entries.removeIf(entry -> entry.name().equals(name));
        if (removed) {
            write(entries);
        }
        return removed;
    }

    static List<TokenEntry> read(Path file) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            return List.of();
        }
        List<TokenEntry> entries = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            Optional<String> newer = FORMAT.newerThanThis(line);
            if (newer.isPresent()) {
                throw new IOException(file.getFileName() + " cannot be read: " + newer.get());
            }
            if (!line.isEmpty() && !line.startsWith("#")) {
                int number = i + 1;
                entries.add(TokenEntry.parse(line)
                        .orElseThrow(() -> new IOException(file.getFileName() + ":" + number
                                + ": not understood (expected: a line that \"tlsward token add\" has written)")));
            }
        }
        return entries;
    }

    private void write(List<TokenEntry> entries) throws IOException {
        StringBuilder text = new StringBuilder(HEAD);
        entries.forEach(entry -> text.append(entry.format()).append('\n'));
        PrivateFile.replace(file, text.toString());
    }
}
