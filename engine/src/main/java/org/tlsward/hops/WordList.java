/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.hops;

import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;

/** The first words of a text, split at single characters. */
final class WordList {
    private static final int MOST = 32;

    private WordList() {}

    static List<String> of(String text, String delimiters) {
        List<String> words = new ArrayList<>();
        StringTokenizer all = new StringTokenizer(text, delimiters);
        while (all.hasMoreTokens() && words.size() < MOST) {
            words.add(all.nextToken());
        }
        return words;
    }
}
