/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.integration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An SMTP dialog as a text file, one step a line:
 *
 * <pre>
 * # comment; the first one is what the dialog shows
 * connect smtp            smtp, submission or smtps
 * &gt; EHLO client.example   send that line
 * &gt;&gt; one\r\ntwo\r\n         send these bytes in one segment (\r \n \t \\ \xHH)
 * repeat 100 &gt; NOOP       send that line so often, and read a reply each time
 * long 200000 RCPT TO:&lt;   send that text and so many more characters as one line
 * &lt; 250 *                 expect a reply; a glob (* any text, ? one character) over its last line
 * has REQUIRETLS          the last reply has a line that contains it
 * lacks STARTTLS          the last reply has none
 * tls TLSv1.3             handshake with exactly that version
 * closed                  the server has closed the connection
 * vanish                  reset the connection
 * stored ADDRESS REGEX    the mail for that recipient is kept with a header line or attribute that matches
 * not-stored ADDRESS      no mail for that recipient was kept
 * logged REGEX            the server's log has a line that matches
 * </pre>
 */
record Dialog(String name, List<Step> steps) {
    /** One line of the file. */
    record Step(int line, String verb, String argument) {}

    static Dialog read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        var steps = new java.util.ArrayList<Step>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                String[] words = line.split(" ", 2);
                steps.add(new Step(i + 1, words[0], words.length > 1 ? words[1] : ""));
            }
        }
        return new Dialog(file.getFileName().toString(), List.copyOf(steps));
    }

    /** A glob as a regular expression: {@code *} is any text, {@code ?} one character. */
    static Pattern glob(String glob) {
        StringBuilder regex = new StringBuilder();
        for (String part : glob.split("(?<=[*?])|(?=[*?])", -1)) {
            switch (part) {
                case "*" -> regex.append(".*");
                case "?" -> regex.append('.');
                default -> regex.append(Pattern.quote(part));
            }
        }
        return Pattern.compile(regex.toString());
    }

    /** The bytes that an escaped text stands for. */
    static byte[] unescape(String text) {
        var bytes = new java.io.ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\') {
                bytes.writeBytes(Character.toString(c).getBytes(java.nio.charset.StandardCharsets.UTF_8));
                continue;
            }
            char escape = text.charAt(++i);
            switch (escape) {
                case 'r' -> bytes.write('\r');
                case 'n' -> bytes.write('\n');
                case 't' -> bytes.write('\t');
                case '\\' -> bytes.write('\\');
                case 'x' -> {
                    bytes.write(Integer.parseInt(text.substring(i + 1, i + 3), 16));
                    i += 2;
                }
                default -> throw new IllegalArgumentException("unknown escape \\" + escape);
            }
        }
        return bytes.toByteArray();
    }
}
