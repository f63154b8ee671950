/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What stands behind the signed end while a group was announced and is not whole. A crash leaves the beginning of that group there,
 * perhaps with holes that never reached the disk. A whole line that does not go on from the end is nothing that a crash leaves.
 *
 * @param bytes how many there are
 * @param stranger the number that the first line says of itself which is not of the group
 */
record UnderWay(long bytes, Optional<Long> stranger) {
    /** Nothing stands there. */
    static final UnderWay NOTHING = new UnderWay(0, Optional.empty());

    /**
     * Reads what is there.
     *
     * @param file which the head names
     * @param head announces a group
     * @param limit how long the file is; a running server may have written on
     */
    static UnderWay of(Path file, SignedHead head, long limit) throws IOException {
        if (limit <= head.length() || head.next().isEmpty()) {
            return NOTHING;
        }
        ChainLink announced = head.next().get().link();
        ChainLink last = head.link();
        boolean hole = false;
        try (LineReader lines = LineReader.open(file, head.length())) {
            for (Optional<LineReader.Line> next = lines.next();
                    next.isPresent() && next.get().end() <= limit;
                    next = lines.next()) {
                Optional<LineReader.Head> said = next.get().head();
                if (said.isPresent()) {
                    ChainLink here =
                            new ChainLink(said.get().sequence(), next.get().hash());
                    if (!isOfGroup(said.get(), here, announced) || !follows(said.get(), last, hole)) {
                        return new UnderWay(limit - head.length(), Optional.of(here.sequence()));
                    }
                    last = here;
                }
                hole = said.isEmpty();
            }
        }
        return new UnderWay(limit - head.length(), Optional.empty());
    }

    private static boolean isOfGroup(LineReader.Head said, ChainLink here, ChainLink announced) {
        return said.sequence() < announced.sequence() || here.equals(announced);
    }

    private static boolean follows(LineReader.Head said, ChainLink last, boolean behindHole) {
        return behindHole
                ? said.sequence() > last.sequence()
                : said.sequence() == last.sequence() + 1 && said.previous().equals(last.hash());
    }
}
