/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.tlsrpt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a domain publishes at {@code _smtp._tls.}: where its reports go (RFC 8460 §3).
 *
 * @param uris of schemes that we know, without repetition; empty if the record has none of them
 */
public record TlsRptRecord(List<ReportUri> uris) {
    /** A record must not make us the amplifier of somebody's grudge: nobody needs more. */
    public static final int MOST_URIS = 10;

    private static final String VERSION = "v=TLSRPTv1";
    private static final int LONGEST = 16 * 1024;
    // RFC 8460 §3: tlsrpt-extension = tlsrpt-ext-name "=" tlsrpt-ext-value, and the value has neither "=" nor blanks.
    // We take both, and
    // blanks around "=" too: fields that we do not know are ignored, and a URI may have "=".
    private static final Pattern FIELD =
            Pattern.compile("([A-Za-z0-9][A-Za-z0-9_.-]{0,31})[ \t]*=[ \t]*([!-:<>-~,= \t]+)");

    /** Copies its argument. */
    public TlsRptRecord {
        uris = List.copyOf(uris);
    }

    /** The domain that has the record. */
    public static String ownerName(String domain) {
        return "_smtp._tls." + domain;
    }

    /**
     * The record among the TXT records of the name. None, or more than one, is the same as no reporting (RFC 8460 §3); so is one that
     * cannot be read. A record with a second {@code rua} counts as unreadable: RFC 8460 has no rule for that, the ABNF gives a list to one
     * field, and to guess which of them is meant would send a report to somebody.
     *
     * @param txts the strings of each record joined without blanks
     */
    public static Optional<TlsRptRecord> parse(List<String> txts) {
        List<String> ours = txts.stream().filter(TlsRptRecord::isOurs).toList();
        return ours.size() == 1 ? parse(ours.get(0)) : Optional.empty();
    }

    /** RFC 8460 §3: whatever does not begin with the version and a delimiter is discarded. */
    private static boolean isOurs(String txt) {
        return txt.startsWith(VERSION)
                && txt.substring(VERSION.length()).stripLeading().startsWith(";");
    }

    private static Optional<TlsRptRecord> parse(String txt) {
        if (txt.length() > LONGEST) {
            return Optional.empty();
        }
        Optional<List<ReportUri>> uris = Optional.empty();
        String[] fields = txt.substring(txt.indexOf(';') + 1).split(";", -1);
        for (int i = 0; i < fields.length; i++) {
            String field = strip(fields[i]);
            if (field.isEmpty()) {
                if (i == fields.length - 1) {
                    continue; // the delimiter at the end
                }
                return Optional.empty();
            }
            var matcher = FIELD.matcher(field);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            // RFC 7405: the name of the field is written in lower case, as the ABNF has it with %s
            if (matcher.group(1).equals("rua")) {
                if (uris.isPresent()) {
                    return Optional.empty();
                }
                uris = Optional.of(uris(matcher.group(2)));
            }
        }
        return uris.map(TlsRptRecord::new);
    }

    /** RFC 8460 §3: commas and exclamation marks inside a URI are percent-encoded, so each comma separates. */
    private static List<ReportUri> uris(String list) {
        List<ReportUri> known = new ArrayList<>();
        Arrays.stream(list.split(","))
                .map(TlsRptRecord::strip)
                .map(ReportUri::parse)
                .flatMap(Optional::stream)
                .filter(uri -> known.stream().noneMatch(other -> isSame(other, uri)))
                .limit(MOST_URIS)
                .forEach(known::add);
        return known;
    }

    private static boolean isSame(ReportUri one, ReportUri other) {
        return one.text().toLowerCase(Locale.ROOT).equals(other.text().toLowerCase(Locale.ROOT));
    }

    private static String strip(String text) {
        return text.replaceAll("^[ \t]+|[ \t]+$", "");
    }
}
