/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.proof;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tlsward.evidence.EvidenceAction;
import org.tlsward.evidence.EvidenceEntry;
import org.tlsward.evidence.EvidenceRecord;
import org.tlsward.explain.Language;
import org.tlsward.policy.Reason;
import org.tlsward.proof.MailStory.Chapter;

/** A story as the members of a JSON object: the same on the page and in the command. */
public final class StoryView {
    private final StoryTeller teller;

    /** Tells in that language. */
    public StoryView(Language language) {
        this.teller = new StoryTeller(language);
    }

    /** The members; what is not known is not there. */
    public Map<String, Object> of(MailStory story) {
        Map<String, Object> mail = new LinkedHashMap<>();
        story.messageId().ifPresent(id -> mail.put("messageId", id));
        mail.put("sender", story.sender());
        mail.put("recipients", story.recipients());
        List<String> told = teller.tell(story);
        List<Map<String, Object>> chapters = new ArrayList<>();
        for (int i = 0; i < told.size(); i++) {
            chapters.add(chapter(story.chapters().get(i), told.get(i)));
        }
        mail.put("story", chapters);
        if (!story.complete()) {
            mail.put("more", true);
        }
        return mail;
    }

    private static Map<String, Object> chapter(Chapter chapter, String sentence) {
        EvidenceEntry entry = chapter.entry();
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("time", entry.time().toString());
        if (!chapter.place().node().isEmpty()) {
            members.put("node", chapter.place().node());
        }
        members.put("file", chapter.place().file());
        members.put("line", chapter.place().number());
        members.put("seq", chapter.place().sequence());
        members.put("hash", chapter.place().hash());
        members.put("recipient", entry.mail().recipient());
        members.put("sentence", sentence);
        if (entry instanceof EvidenceRecord record) {
            members.put("type", record.type().word());
            members.put("outcome", record.result().outcome().word());
            record.result().reason().map(Reason::word).ifPresent(reason -> members.put("reason", reason));
            record.tls().ifPresent(tls -> members.put("tls", tls.version()));
        } else if (entry instanceof EvidenceAction action) {
            members.put("type", "action");
            members.put("outcome", action.deed().word());
            action.reason().map(Reason::word).ifPresent(reason -> members.put("reason", reason));
            action.by().ifPresent(by -> members.put("by", by));
        }
        return members;
    }
}
