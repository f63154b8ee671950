/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.proof;

import java.util.EnumMap;
import java.util.Map;
import org.tlsward.explain.Language;
import org.tlsward.explain.Phrases;

/** The phrases of this package. */
final class ProofPhrases {
    private static final Map<Language, Phrases> STORY = new EnumMap<>(Language.class);
    private static final Map<Language, Phrases> PAPERS = new EnumMap<>(Language.class);

    static {
        for (Language language : Language.values()) {
            STORY.put(language, Phrases.read(ProofPhrases.class, "story", language));
        }
        PAPERS.put(Language.DE, Phrases.read(ProofPhrases.class, "papers", Language.DE));
        PAPERS.put(Language.EN, Phrases.read(ProofPhrases.class, "papers", Language.EN));
    }

    private ProofPhrases() {}

    /** What happened, one sentence a line. */
    static Phrases story(Language language) {
        return STORY.get(language);
    }

    /** The language of certificates and reports: German or English. */
    static Language ofPapers(Language wanted) {
        return PAPERS.containsKey(wanted) ? wanted : Language.EN;
    }

    /** Certificates and reports; in English for those who want neither German nor English. */
    static Phrases papers(Language language) {
        return PAPERS.get(ofPapers(language));
    }
}
