/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Walks the chain through all files of a directory. May run while the log is written: a last line that is half there is then no
 * wonder.
 *
 * <p>Finds what was changed, removed, added or moved by somebody who did not compute the rest of the chain anew. Against that, and
 * against a cut end, it needs a hash that was remembered elsewhere ({@code head}).
 */
public final class EvidenceVerifier {
    private EvidenceVerifier() {}

    /**
     * What came out.
     *
     * @param lines how many lines there are
     * @param head the hash of the last line: remember it, and a later verification can tell whether it is still there
     * @param findings in the order of the lines
     */
    public record Verification(long lines, String head, List<Finding> findings) {

        /** Copies its arguments. */
        public Verification {
            findings = List.copyOf(findings);
        }

        /** True if nothing was found but notes. */
        public boolean isSound() {
            return findings.stream().allMatch(finding -> finding.kind() == Finding.Kind.CUT_NOTED);
        }
    }

    /**
     * Verifies all files.
     *
     * @param directory of the evidence
     * @param head the hash of a line that must be there, if one was remembered
     * @throws IOException if a file cannot be read
     */
    public static Verification verify(Path directory, Optional<String> head) throws IOException {
        ChainWalk walk = new ChainWalk(head);
        for (Path file : new EvidenceDirectory(directory).dayFiles()) {
            walk.enter(file.getFileName().toString());
            try (LineReader lines = LineReader.open(file, 0)) {
                for (Optional<LineReader.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
                    walk.step(line.get());
                }
            }
        }
        return walk.finish();
    }
}
