/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.proof;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tlsward.evidence.EvidenceAction;
import org.tlsward.evidence.EvidenceEntry;
import org.tlsward.evidence.EvidenceRecord;
import org.tlsward.evidence.EvidenceType;
import org.tlsward.evidence.MailIdentity;
import org.tlsward.proof.MailStory.Chapter;

/** Collects the lines of the mails that a {@link MailQuestion} asks for. Its memory is bounded, whatever the log holds. */
public final class MailStories implements EvidenceArchive.LineVisitor {
    private static final int MOST_MAILS = 5_000;
    private static final int MOST_CHAPTERS = 500;
    private static final int MOST_TOGETHER = 20_000;

    private final MailQuestion question;
    private final Instant since;

    /** The mail of which something was written last stands at the end. */
    private final Map<Key, List<Chapter>> mails = new LinkedHashMap<>(64, 0.75f, true);

    private int together;
    private boolean dropped;
    private boolean hidden;

    /** Two senders may have chosen the same Message-ID, and a mail without one has its name in the queue. */
    private record Key(String id, String sender) {
        static Key of(MailIdentity mail) {
            return new Key(
                    mail.messageId().orElse(mail.queueId().isEmpty() ? "gate" : "queue " + mail.queueId()),
                    mail.sender());
        }
    }

    /**
     * Begins with nothing.
     *
     * @param question which mails
     * @param since lines before it do not count
     */
    public MailStories(MailQuestion question, Instant since) {
        this.question = question;
        this.since = since;
    }

    @Override
    public void line(ArchivedLine line) {
        if (line.time().isBefore(since)) {
            return;
        }
        line.entry().filter(this::isAskedFor).ifPresent(entry -> {
            hidden |= question.cannotTell(entry.mail());
            if (question.isAbout(entry.mail())) {
                add(new Chapter(line.place(), entry));
            }
        });
    }

    /** The gate judges before there is a mail: what it decided is told to whoever asks for its recipient, and for no Message-ID. */
    private boolean isAskedFor(EvidenceEntry entry) {
        return isOfAMail(entry)
                || (question.recipient().isPresent() && question.messageId().isEmpty());
    }

    private static boolean isOfAMail(EvidenceEntry entry) {
        return entry instanceof EvidenceAction
                || (entry instanceof EvidenceRecord record && record.type() == EvidenceType.ATTEMPT)
                || entry.mail().messageId().isPresent()
                || !entry.mail().queueId().isEmpty();
    }

    private void add(Chapter chapter) {
        List<Chapter> chapters = mails.computeIfAbsent(Key.of(chapter.entry().mail()), key -> new ArrayList<>());
        // One too many tells that there were more.
        if (chapters.size() <= MOST_CHAPTERS) {
            chapters.add(chapter);
            together++;
        }
        while (mails.size() > MOST_MAILS || together > MOST_TOGETHER) {
            Key oldest = mails.keySet().iterator().next();
            together -= mails.remove(oldest).size();
            dropped = true;
        }
    }

    /** The mails of which something was written last, the last at the end; at most that many. */
    public List<MailStory> latest(int most) {
        return mails.entrySet().stream()
                .skip(Math.max(0, mails.size() - most))
                .map(entry -> story(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static MailStory story(Key key, List<Chapter> chapters) {
        Optional<String> id = chapters.get(0).entry().mail().messageId();
        return new MailStory(
                id,
                key.sender(),
                chapters.subList(0, Math.min(MOST_CHAPTERS, chapters.size())),
                chapters.size() <= MOST_CHAPTERS);
    }

    /** True if there are more mails than that. */
    public boolean hasMoreThan(int most) {
        return dropped || mails.size() > most;
    }

    /** True if addresses are hidden whose key nobody gave, so that there may be more. */
    public boolean someAreHidden() {
        return hidden;
    }
}
