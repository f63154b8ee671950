/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.release;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Pages are written for the checkout. In the zip there is no source, so a link to a part of it becomes its text; a link to nothing stops the
 * build.
 *
 * @param files what is in the zip
 * @param checkout where the pages come from
 */
record PageLinks(NavigableMap<String, PackedFile> files, Path checkout) {
    /** A link; or a block of code, in which nothing is one. */
    private static final Pattern LINK = Pattern.compile("(?ms)^```.*?^```|(?<!!)\\[([^\\[\\]]+)]\\(([^()\\s]+)\\)");

    private static final Pattern ELSEWHERE = Pattern.compile("(https|http|mailto):.*|#.*");

    void mend() {
        files.replaceAll((name, file) -> name.endsWith(".md") ? mended(name, file.text()) : file);
    }

    private PackedFile mended(String page, String text) {
        return PackedFile.of(LINK.matcher(text).replaceAll(link -> Matcher.quoteReplacement(mended(page, link))));
    }

    private String mended(String page, MatchResult link) {
        String where = link.group(2);
        if (where == null || ELSEWHERE.matcher(where).matches()) {
            return link.group();
        }
        String path = target(page, where);
        if (contains(path)) {
            return link.group();
        }
        if (Files.exists(checkout.resolve(path))) {
            return link.group(1);
        }
        throw new UnfitForReleaseException(page + ": the link to " + where + " leads nowhere");
    }

    /** The path in the zip that a link means. */
    static String target(String page, String link) {
        Path folder = Path.of("/").resolve(page).getParent();
        String file = link.replaceFirst("#.*", "");
        return Path.of("/")
                .relativize(folder.resolve(file).normalize())
                .toString()
                .replace('\\', '/');
    }

    private boolean contains(String path) {
        String below = files.ceilingKey(path + '/');
        return files.containsKey(path) || (below != null && below.startsWith(path + '/'));
    }
}
