/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.documentation;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tlsward.site.Page.Block;

/** {@code nginx}: directives that end as they must, blocks that are closed, and only words that are known here. */
final class NginxProof implements Proof {
    private static final Pattern PIECE =
            Pattern.compile("\\s*(?:#[^\\n]*\\n|(})|([a-z_]+)((?:\\s+[^\\s;{}]+)*)\\s*([;{]))\\s*");
    private static final Set<String> BLOCKS = Set.of("server", "location", "http", "upstream", "stream");
    private static final Set<String> DIRECTIVES =
            Set.of(("listen server_name ssl_certificate ssl_certificate_key ssl_protocols proxy_pass proxy_set_header "
                            + "client_max_body_size allow deny server return proxy_protocol")
                    .split(" "));

    @Override
    public void of(Block block, Context context) {
        Matcher matcher = PIECE.matcher(block.text());
        int depth = 0;
        int at = 0;
        while (at < block.text().length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                throw new Mistake(
                        block.page(), block.line(), "unusable nginx configuration", rest(block, at), "directive;");
            }
            if (matcher.group(1) != null) {
                depth--;
            } else if (matcher.group(2) != null) {
                boolean opens = matcher.group(4).equals("{");
                known(block, matcher.group(2), opens ? BLOCKS : DIRECTIVES);
                depth += opens ? 1 : 0;
            }
            at = matcher.end();
        }
        if (depth != 0) {
            throw new Mistake(block.page(), block.line(), "a block of nginx is not closed");
        }
    }

    private static String rest(Block block, int at) {
        return block.text().substring(at).lines().findFirst().orElse("");
    }

    private static void known(Block block, String word, Set<String> known) {
        if (!known.contains(word)) {
            throw Words.mistake(block, word, "unknown word of nginx", String.join(", ", new TreeSet<>(known)));
        }
    }
}
