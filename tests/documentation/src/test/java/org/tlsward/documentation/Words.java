/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.documentation;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tlsward.site.Page.Block;

/** Names of hosts and people in examples: nobody's. RFC 2606, RFC 5737, RFC 3849. */
final class Words {
    private static final Pattern MAILBOX = Pattern.compile("[A-Za-z0-9._*+-]+@([A-Za-z0-9.-]*[A-Za-z0-9])");
    private static final Pattern URL_HOST =
            Pattern.compile("(?:https?|ldaps?|wss?)://(?:[^/@\\s\"']*@)?([A-Za-z0-9.-]+)");
    private static final Pattern ADDRESS = Pattern.compile("(?<![0-9.\\w-])((?:[0-9]{1,3}\\.){3}[0-9]{1,3})(?![0-9.])");

    /** This machine, the documentation networks, and networks of nobody. */
    private static final Pattern FREE_ADDRESS =
            Pattern.compile("127\\..*|0\\.0\\.0\\.0|192\\.0\\.2\\..*|198\\.51\\.100\\..*|203\\.0\\.113\\..*"
                    + "|10\\..*|192\\.168\\..*|172\\.(?:1[6-9]|2[0-9]|3[01])\\..*");

    private static final Pattern FREE_HOST = Pattern.compile(
            "(?:www\\.)?github\\.com|(?:james|maven|www)\\.apache\\.org|www\\.w3\\.org|(?:.*\\.)?(?:example|test|invalid|localhost)|(?:.*\\.)?example\\.(?:com|org|net)|localhost|[A-Z-]+|[a-z0-9-]+|127\\..*");

    private Words() {}

    static void check(Block block) {
        each(block, MAILBOX, FREE_HOST, "a domain below example");
        each(block, URL_HOST, Pattern.compile(FREE_HOST + "|" + FREE_ADDRESS), "a host below example, or this one");
        each(block, ADDRESS, FREE_ADDRESS, "an address of RFC 5737, a private one, or this host");
    }

    private static void each(Block block, Pattern what, Pattern free, String expected) {
        Matcher matcher = what.matcher(block.text());
        while (matcher.find()) {
            if (!free.matcher(matcher.group(1)).matches()) {
                throw mistake(block, matcher.group(1), "somebody's name", expected);
            }
        }
    }

    /** The mistake of a word, with its line. */
    static Mistake mistake(Block block, String word, String what, String expected) {
        return new Mistake(block.page(), lineOf(block, word), what, word, expected);
    }

    static int lineOf(Block block, String word) {
        List<String> lines = block.text().lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(word)) {
                return block.line() + i;
            }
        }
        return block.line();
    }
}
