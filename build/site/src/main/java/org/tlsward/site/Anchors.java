/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.site;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The names that GitHub gives to headings: small letters, blanks as hyphens, no other signs; the second of a name gets -1. */
final class Anchors {
    private final Map<String, Integer> seen = new HashMap<>();

    String next(String heading) {
        String anchor = heading.strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
        int before = seen.merge(anchor, 1, Integer::sum) - 1;
        return before == 0 ? anchor : anchor + "-" + before;
    }
}
