/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.proof;

import java.util.List;
import java.util.Optional;
import org.tlsward.evidence.EvidenceEntry;

/**
 * What the log knows of one mail.
 *
 * @param messageId its {@code Message-ID}; empty if it had none
 * @param sender of the envelope, as the log shows it
 * @param chapters in the order in which they were written
 * @param complete false if there were too many of them to keep all
 */
public record MailStory(Optional<String> messageId, String sender, List<Chapter> chapters, boolean complete) {

    /** Copies its arguments. */
    public MailStory {
        chapters = List.copyOf(chapters);
    }

    /**
     * One line.
     *
     * @param place where it stands
     * @param entry what it says
     */
    public record Chapter(LinePlace place, EvidenceEntry entry) {}

    /** Everybody it is told for. */
    public List<String> recipients() {
        return chapters.stream()
                .map(chapter -> chapter.entry().mail().recipient())
                .distinct()
                .toList();
    }
}
