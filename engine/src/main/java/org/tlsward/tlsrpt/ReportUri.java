/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.tlsrpt;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where a domain wants its reports: an item of {@code rua=}. */
public sealed interface ReportUri {

    /** As in the record, without blanks. */
    String text();

    /**
     * By mail.
     *
     * @param address an address of SMTP, ASCII only
     */
    record Mailto(String address) implements ReportUri {
        // No quoted local parts: nobody reads reports there, and they would have to be escaped everywhere.
        private static final Pattern ADDRESS = Pattern.compile(
                "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");
        private static final int LONGEST = 254; // RFC 5321 §4.5.3.1.3, without the angle brackets

        @Override
        public String text() {
            // RFC 3986 §2.4: what has been decoded is encoded again, and so are the characters that end an item of a
            // list
            return "mailto:"
                    + address.replace("%", "%25")
                            .replace("?", "%3F")
                            .replace("#", "%23")
                            .replace("!", "%21")
                            .replace("+", "%2B");
        }

        private static Optional<ReportUri> of(String rest) {
            int query = rest.indexOf('?'); // RFC 6068 §2: header fields; none of them are ours to obey
            String path = query < 0 ? rest : rest.substring(0, query);
            String decoded;
            try {
                decoded = URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
            boolean good =
                    decoded.length() <= LONGEST && ADDRESS.matcher(decoded).matches();
            return good ? Optional.of(new Mailto(decoded)) : Optional.empty();
        }
    }

    /**
     * By POST.
     *
     * @param uri absolute, with a host
     */
    record Https(URI uri) implements ReportUri {
        @Override
        public String text() {
            return uri.toASCIIString();
        }

        private static Optional<ReportUri> of(String text) {
            try {
                URI uri = new URI(text);
                boolean good = uri.getHost() != null
                        && uri.getRawUserInfo() == null
                        && uri.getRawFragment() == null
                        && uri.getPort() <= 65535
                        && uri.getPort() != 0;
                return good ? Optional.of(new Https(uri)) : Optional.empty();
            } catch (URISyntaxException e) {
                return Optional.empty();
            }
        }
    }

    /** The URI; empty if it is none, or of a scheme that we do not know. */
    static Optional<ReportUri> parse(String text) {
        if (!text.chars().allMatch(c -> c > 0x20 && c < 0x7F)) {
            return Optional.empty();
        }
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.startsWith("mailto:")) {
            return Mailto.of(text.substring("mailto:".length()));
        }
        return lower.startsWith("https:") ? Https.of(text) : Optional.empty();
    }
}
