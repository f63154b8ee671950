/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mtasts;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The TXT record at {@code _mta-sts.DOMAIN} (RFC 8461 §3.1): it says that there is a policy, and by its id when there is a new one.
 *
 * @param id 1 to 32 letters and digits
 */
public record StsRecord(String id) {
    private static final String FIELD = "[A-Za-z0-9][A-Za-z0-9_.-]{0,31}=[\\x21-\\x3A\\x3C\\x3E-\\x7E]+";
    private static final String DELIMITER = "[ \\t]*;[ \\t]*";

    /** What makes a TXT record one of MTA-STS, well formed or not; the words are case-sensitive. Others at the name are left out. */
    private static final Pattern MARK = Pattern.compile("v=STSv1[ \\t]*;.*", Pattern.DOTALL);

    private static final Pattern WHOLE =
            Pattern.compile("v=STSv1(?:" + DELIMITER + FIELD + ")++(?:" + DELIMITER + ")?", Pattern.DOTALL);
    private static final Pattern ID_FIELD = Pattern.compile(";[ \\t]*id=([^ \\t;]*)");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9]{1,32}");

    /** What the TXT records of a name come to. */
    public sealed interface Reading {}

    /**
     * The domain says that it has a policy.
     *
     * @param record the only one
     */
    public record Found(StsRecord record) implements Reading {}

    /**
     * As good as no record (RFC 8461 §3.1).
     *
     * @param why for people
     */
    public record Unusable(String why) implements Reading {}

    /**
     * Reads the TXT records of {@code _mta-sts.DOMAIN}. Never throws.
     *
     * @param txts each with its strings joined
     */
    public static Reading parse(List<String> txts) {
        List<String> candidates =
                txts.stream().filter(txt -> MARK.matcher(txt).matches()).toList();
        if (candidates.isEmpty()) {
            return new Unusable("no TXT record begins with \"v=STSv1;\"");
        }
        // RFC 8461 §3.1: if the number of resulting records is not one, the domain has no policy
        if (candidates.size() > 1) {
            return new Unusable(candidates.size() + " TXT records begin with \"v=STSv1;\" (expected: one)");
        }
        return parse(candidates.get(0));
    }

    private static Reading parse(String text) {
        if (!WHOLE.matcher(text).matches()) {
            return new Unusable("the TXT record is malformed (expected: v=STSv1; id=...;)");
        }
        Matcher field = ID_FIELD.matcher(text);
        if (!field.find()) {
            return new Unusable("the TXT record has no id (expected: v=STSv1; id=...;)");
        }
        String id = field.group(1);
        return ID.matcher(id).matches()
                ? new Found(new StsRecord(id))
                : new Unusable("the id of the TXT record is malformed (expected: 1 to 32 letters and digits)");
    }
}
