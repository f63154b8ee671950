/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.tlsward.policy.Requirement;

/** A requirement in plain words, for operators. */
public final class RequirementWords {
    private RequirementWords() {}

    /** What a requirement demands, one condition after the other. */
    public static String of(Requirement required) {
        if (required.never()) {
            return "not by e-mail at all";
        }
        if (required.isUnsatisfiable()) {
            return "rules that exclude each other: nothing can meet them";
        }
        List<String> words = new ArrayList<>();
        said(words, required.isEmpty(), "nothing is required");
        said(words, required.encrypted() && required.minimum().isEmpty(), "TLS");
        required.minimum().ifPresent(minimum -> words.add(minimum + " or newer"));
        said(words, required.forwardSecrecy(), "forward secrecy");
        said(words, required.validChain(), "a valid certificate");
        said(words, required.mxName(), "with the name of the MX host");
        said(words, required.nextHopName(), "with the name of the destination");
        required.names()
                .ifPresent(names -> words.add("with one of the names "
                        + names.stream().map(Object::toString).collect(Collectors.joining(" or "))));
        required.pins().ifPresent(pins -> words.add("one of " + pins.size() + " pinned certificates"));
        said(words, required.authenticated(), "a proven server (DANE, MTA-STS, a name or a pin)");
        said(words, required.daneRequired(), "DANE");
        said(words, required.requireTls(), "REQUIRETLS");
        return String.join(", ", words);
    }

    private static void said(List<String> words, boolean condition, String word) {
        if (condition) {
            words.add(word);
        }
    }
}
