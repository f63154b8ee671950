/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mtasts;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tlsward.mtasts.StsPolicy.Mode;

/**
 * The policy file (RFC 8461 §3.2): {@code name: value} lines that end in CRLF or LF. Names and words are case-sensitive. Unknown names
 * and lines that are no fields are left out; what is known has to be right, or there is no policy.
 */
final class StsPolicyText {
    /** RFC 8461 §3.3 suggests a limit of this size. */
    static final int MOST_BYTES = 64 * 1024;

    /** RFC 8461 §3.2: about a year. */
    private static final long LONGEST_SECONDS = 31_557_600;

    private static final String VERSION = "version";
    private static final String MODE = "mode";
    private static final String MAX_AGE = "max_age";
    private static final String MX = "mx";
    private static final Pattern FIELD = Pattern.compile("([A-Za-z0-9][A-Za-z0-9_.-]{0,31}):[ \\t]*(.*?)[ \\t]*");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,10}");

    private final Map<String, String> fields = new LinkedHashMap<>();
    private final Set<String> mx = new LinkedHashSet<>();
    private final List<String> lines;

    /** The reason why a text is no policy. */
    private static final class InvalidPolicyException extends Exception {
        private static final long serialVersionUID = 1L;

        InvalidPolicyException(String message) {
            super(message);
        }
    }

    private StsPolicyText(String text) throws InvalidPolicyException {
        this.lines = Arrays.stream(text.split("\n", -1))
                .map(line -> line.replaceAll("\r+$", ""))
                .filter(line -> !line.isBlank())
                .toList();
        for (String line : lines) {
            read(line);
        }
    }

    /** Reads the body of the answer of a policy host. Never throws. */
    static StsFetch parse(byte[] body) {
        if (body.length > MOST_BYTES) {
            return new StsFetch.Failed(StsFailure.INVALID, "the policy has more than " + MOST_BYTES + " octets");
        }
        return parse(new String(body, StandardCharsets.UTF_8));
    }

    static StsFetch parse(String text) {
        try {
            return new StsFetch.Fetched(new StsPolicyText(text).policy());
        } catch (InvalidPolicyException e) {
            return new StsFetch.Failed(StsFailure.INVALID, e.getMessage());
        }
    }

    private void read(String line) throws InvalidPolicyException {
        Matcher field = FIELD.matcher(line);
        if (!field.matches()) {
            return;
        }
        if (field.group(1).equals(MX)) {
            mx.add(MxPattern.canonical(field.group(2))
                    .orElseThrow(() -> unsupported(MX, field.group(2), "a host name, or *. and a domain")));
        } else {
            // RFC 8461 §3.2: of a field that is there twice the first counts, except mx
            fields.putIfAbsent(field.group(1), field.group(2));
        }
    }

    private StsPolicy policy() throws InvalidPolicyException {
        if (!required(VERSION).equals("STSv1")) {
            throw unsupported(VERSION, required(VERSION), "STSv1");
        }
        Mode mode = mode(required(MODE));
        Duration maxAge = maxAge(required(MAX_AGE));
        // RFC 8461 §3.2: mx is required unless the mode is none
        if (mx.isEmpty() && mode != Mode.NONE) {
            throw new InvalidPolicyException(
                    "the policy has no \"mx\" (expected: at least one with mode " + mode.word() + ")");
        }
        return new StsPolicy(mode, List.copyOf(mx), maxAge, lines);
    }

    private String required(String name) throws InvalidPolicyException {
        return Optional.ofNullable(fields.get(name))
                .orElseThrow(() -> new InvalidPolicyException("the policy has no \"" + name + "\""));
    }

    private static Mode mode(String value) throws InvalidPolicyException {
        return Arrays.stream(Mode.values())
                .filter(mode -> mode.word().equals(value))
                .findFirst()
                .orElseThrow(() -> unsupported(MODE, value, "enforce, testing, none"));
    }

    /**
     * RFC 8461 §3.2 allows ten digits and names a maximum. More than that is cut to the maximum: to refuse the policy would leave the
     * mail of a domain unprotected that asks for the longest protection there is.
     */
    private static Duration maxAge(String value) throws InvalidPolicyException {
        if (!SECONDS.matcher(value).matches()) {
            throw unsupported(MAX_AGE, value, "seconds from 0 to " + LONGEST_SECONDS);
        }
        return Duration.ofSeconds(Math.min(LONGEST_SECONDS, Long.parseLong(value)));
    }

    private static InvalidPolicyException unsupported(String name, String value, String expected) {
        String shown = value.length() <= 100 ? value : value.substring(0, 100) + "...";
        return new InvalidPolicyException(
                "unsupported " + name + " \"" + printable(shown) + "\" (expected: " + expected + ")");
    }

    /** What a stranger wrote goes into logs. */
    private static String printable(String text) {
        return text.replaceAll("[^\\x20-\\x7E]", "?");
    }
}
