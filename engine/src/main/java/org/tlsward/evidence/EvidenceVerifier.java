/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tlsward.evidence.HeadFile.Sound;

/**
 * Walks the chain through all files of a directory, checks the signatures in it, and compares its end with the signed head. May run
 * while the log is written.
 *
 * <p>Finds what was changed, removed, added or moved by somebody who does not have the private key, anywhere, <em>if the public key is
 * the one of the log</em>: who can replace that too can sign a log of his own. Compare its fingerprint with one that was kept elsewhere.
 * What it cannot find: that lines <em>and</em> head were set back together to an earlier state of both (remember a {@code head} elsewhere
 * against that), and anything that was done with the key.
 */
public final class EvidenceVerifier {
    /** How often a head is looked at again while a running server writes. */
    private static final int PATIENCE = 20;

    private EvidenceVerifier() {}

    /**
     * What is to be verified, and against what.
     *
     * @param directory of the evidence
     * @param key file with the public key
     * @param head file with the signed head
     * @param remembered the hash of a line that must be there, if one was remembered elsewhere
     */
    public record Question(Path directory, Path key, Path head, Optional<String> remembered) {

        /** With key and head where the log keeps them: beside it. */
        public static Question usual(Path directory, Optional<String> remembered) {
            return of(directory, KeyDirectory.usualFor(directory), remembered);
        }

        /** With key and head in that directory. */
        public static Question of(Path directory, Path keys, Optional<String> remembered) {
            return new Question(
                    directory, keys.resolve(KeyDirectory.PUBLIC_KEY), keys.resolve(KeyDirectory.HEAD), remembered);
        }

        /** With another key; the head is looked for beside it too. */
        public Question withKey(Path file) {
            Path beside = file.resolveSibling(KeyDirectory.HEAD);
            return new Question(directory, file, Files.exists(beside) ? beside : head, remembered);
        }
    }

    /**
     * What came of the signatures.
     *
     * @param key the fingerprint of the key that checked them; empty if there was none
     * @param checkpoints how many lines it has signed
     * @param last when it signed the last of them, ISO 8601
     */
    public record Signatures(Optional<String> key, long checkpoints, Optional<String> last) {}

    /**
     * What came out.
     *
     * @param lines how many lines there are
     * @param head the hash of the last line: remember it, and a later verification can tell whether it is still there
     * @param findings in the order of the lines, those about the whole at the end
     * @param signatures what came of them
     */
    public record Verification(long lines, String head, List<Finding> findings, Signatures signatures) {

        /** Copies its arguments. */
        public Verification {
            findings = List.copyOf(findings);
        }

        Verification with(Optional<Finding> another) {
            return new Verification(
                    lines,
                    head,
                    Stream.concat(findings.stream(), another.stream()).toList(),
                    signatures);
        }

        /** True if nothing was found but notes. */
        public boolean isSound() {
            return findings.stream().allMatch(finding -> finding.kind().isNote());
        }
    }

    /**
     * Verifies all files, with key and head where the log keeps them.
     *
     * @throws IOException if a file cannot be read
     */
    public static Verification verify(Path directory, Optional<String> remembered) throws IOException {
        return verify(Question.usual(directory, remembered), lines -> {}, () -> {});
    }

    /**
     * Verifies all files.
     *
     * @param question what
     * @param progress is told the number of lines every now and then
     * @param pause waits a moment; called if a running server seems to be writing
     * @throws IOException if a file cannot be read
     */
    public static Verification verify(Question question, LongConsumer progress, Runnable pause) throws IOException {
        Optional<EvidenceKey> key =
                Files.exists(question.key()) ? Optional.of(EvidenceKey.read(question.key())) : Optional.empty();
        EvidenceDirectory directory = new EvidenceDirectory(question.directory());
        Extent extent = Extent.of(directory.dayFiles());
        HeadFile.State state = new HeadFile.Missing();
        if (key.isPresent()) {
            state = HeadFile.read(question.head(), key.get());
            for (int i = 0; i < PATIENCE && !extent.isCoveredBy(state); i++) {
                pause.run();
                state = HeadFile.read(question.head(), key.get());
            }
        }
        Extent end = extent.goingOnTo(state);
        List<Path> files = directory.dayFiles().stream().filter(end::contains).toList();
        ChainWalk walk = new ChainWalk(
                question.remembered(),
                new OwnLines(key, files.stream().map(Extent::name).collect(Collectors.toSet())),
                new HeadCheck(state, key.isPresent(), extent.underWay(directory, state)));
        long lines = 0;
        for (Path file : files) {
            walk.enter(Extent.name(file));
            long limit = end.limit(file);
            try (LineReader reader = LineReader.open(file, 0)) {
                long position = 0;
                for (Optional<LineReader.Line> line = reader.next(); line.isPresent() && position < limit; ) {
                    walk.step(line.get());
                    position = line.get().end();
                    progress.accept(++lines);
                    line = position < limit ? reader.next() : Optional.empty();
                }
            }
        }
        return walk.finish().with(key.flatMap(shown -> otherHalf(question, shown)));
    }

    /** The public key is not to be believed because it lies there: if the private one can be read, they have to be one pair. */
    private static Optional<Finding> otherHalf(Question question, EvidenceKey shown) {
        Path secret = question.key().resolveSibling(KeyDirectory.PRIVATE_KEY);
        if (!Files.isReadable(secret)) {
            return Optional.empty();
        }
        String message;
        try {
            String own = SigningKey.read(secret).publicHalf().fingerprint();
            message = own.equals(shown.fingerprint())
                    ? ""
                    : "is key " + shown.fingerprint() + " (expected: " + own + ", the public half of "
                            + KeyDirectory.PRIVATE_KEY + " beside it)";
        } catch (IOException e) {
            message = "cannot be compared with the private key beside it: " + e.getMessage();
        }
        String name = Extent.name(question.key());
        return message.isEmpty()
                ? Optional.empty()
                : Optional.of(new Finding(Finding.Kind.OTHER_KEY, name, 0, message));
    }

    /**
     * How far there is something to verify: a running server writes on meanwhile.
     *
     * @param file the name of the last file; empty if there is none
     * @param length of it
     */
    private record Extent(String file, long length) {
        static String name(Path file) {
            return file.getFileName().toString();
        }

        static Extent of(List<Path> files) throws IOException {
            if (files.isEmpty()) {
                return new Extent("", 0);
            }
            Path last = files.get(files.size() - 1);
            return new Extent(name(last), Files.size(last));
        }

        /** True if the head is not older than what we have seen. */
        boolean isCoveredBy(HeadFile.State state) {
            if (!(state instanceof Sound sound)) {
                return false;
            }
            SignedHead head = sound.head();
            int order = head.file().compareTo(file);
            return order > 0
                    || (order == 0
                            && (head.next().isEmpty()
                                    ? head.length() >= length
                                    : head.next().get().length() == length));
        }

        /** As far as the head says, too; but not into a group that was not written to its end. */
        Extent goingOnTo(HeadFile.State state) {
            if (!(state instanceof Sound sound) || sound.head().file().compareTo(file) < 0) {
                return this;
            }
            SignedHead head = sound.head();
            boolean further = head.file().compareTo(file) > 0;
            boolean halfWritten = head.next().isPresent()
                    && (further || length < head.next().get().length());
            long end = further || halfWritten ? head.length() : Math.max(length, head.length());
            return new Extent(head.file(), end);
        }

        /** What a crash or a running server has left behind the end that {@link #goingOnTo} tells. */
        UnderWay underWay(EvidenceDirectory directory, HeadFile.State state) throws IOException {
            return state instanceof Sound sound
                            && sound.head().file().equals(file)
                            && goingOnTo(state).length() < length
                    ? UnderWay.of(directory.path().resolve(file), sound.head(), length)
                    : UnderWay.NOTHING;
        }

        boolean contains(Path path) {
            return name(path).compareTo(file) <= 0;
        }

        long limit(Path path) {
            return name(path).equals(file) ? length : Long.MAX_VALUE;
        }
    }
}
