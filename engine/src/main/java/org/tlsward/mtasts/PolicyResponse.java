/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mtasts;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The answer to a GET in HTTP/1.1 (RFC 9112), as far as a policy needs it: 200, {@code text/plain}, a body that tells its length. Reads
 * no octet more than the limits allow.
 */
final class PolicyResponse {
    private static final int MOST_HEADER_BYTES = 16 * 1024;
    private static final int MOST_INTERIM = 5;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[0-9] ([1-5][0-9][0-9])(?: .*)?");
    private static final Pattern HEADER = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \\t]*(.*?)[ \\t]*");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,10}");
    private static final Pattern CHUNK = Pattern.compile("([0-9A-Fa-f]{1,7})[ \\t]*(?:;.*)?");
    private static final String TEXT = "text/plain";

    private final InputStream in;
    private final List<String[]> headers = new ArrayList<>();
    private int headerBytes;

    private PolicyResponse(InputStream in) {
        this.in = in;
    }

    /**
     * The body.
     *
     * @throws ProtocolException with a message for people, if this is no answer that may carry a policy
     * @throws IOException if reading fails
     */
    static byte[] read(InputStream in) throws IOException {
        return new PolicyResponse(in).body();
    }

    private byte[] body() throws IOException {
        String status = finalStatus();
        if (!status.equals("200")) {
            // RFC 8461 §3.3: no redirects, and any other status than 200 is a failure
            throw new ProtocolException(
                    "the policy host answered with status " + status + " (expected: 200; redirects are not followed)");
        }
        String type = single("content-type").orElse("");
        if (!type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(TEXT)) {
            throw new ProtocolException("the policy is of media type \"" + shown(type) + "\" (expected: " + TEXT + ")");
        }
        String coding = single("content-encoding").orElse("identity");
        if (!coding.equalsIgnoreCase("identity")) {
            throw new ProtocolException("the policy is encoded as \"" + shown(coding) + "\" (expected: no encoding)");
        }
        Optional<String> transfer = single("transfer-encoding");
        return transfer.isPresent() ? chunked(transfer.get()) : exactly(length());
    }

    /** RFC 9110 §15.2: interim answers may come before. */
    private String finalStatus() throws IOException {
        for (int interim = 0; interim <= MOST_INTERIM; interim++) {
            Matcher status = STATUS.matcher(line());
            if (!status.matches()) {
                throw new ProtocolException("the policy host does not speak HTTP/1.1");
            }
            readHeaders();
            if (!status.group(1).startsWith("1")) {
                return status.group(1);
            }
        }
        throw new ProtocolException("the policy host sends interim answers without end");
    }

    private void readHeaders() throws IOException {
        headers.clear();
        for (String line = line(); !line.isEmpty(); line = line()) {
            Matcher header = HEADER.matcher(line);
            if (!header.matches()) {
                throw new ProtocolException("the answer of the policy host has a malformed header");
            }
            headers.add(new String[] {header.group(1).toLowerCase(Locale.ROOT), header.group(2)});
        }
    }

    /** The value of a header that may be there once only: which of two different ones counts, nobody can know. */
    private Optional<String> single(String name) throws ProtocolException {
        List<String> values = headers.stream()
                .filter(header -> header[0].equals(name))
                .map(header -> header[1])
                .distinct()
                .toList();
        if (values.size() > 1) {
            throw new ProtocolException("the answer of the policy host has several headers " + name);
        }
        return values.stream().findFirst();
    }

    /**
     * RFC 9112 §8: a body that ends with the connection is whole only if TLS was closed properly, which JSSE does not tell. Somebody on
     * the way could cut it.
     */
    private int length() throws ProtocolException {
        String length = single("content-length")
                .filter(LENGTH.asMatchPredicate())
                .orElseThrow(() -> new ProtocolException("the answer of the policy host does not tell its length"));
        return withinLimit(Long.parseLong(length));
    }

    private static int withinLimit(long length) throws ProtocolException {
        if (length > StsPolicyText.MOST_BYTES) {
            throw new ProtocolException(
                    "the policy is too long (expected: at most " + StsPolicyText.MOST_BYTES + " octets)");
        }
        return (int) length;
    }

    private byte[] chunked(String transfer) throws IOException {
        if (!transfer.equalsIgnoreCase("chunked")) {
            throw new ProtocolException("the policy is encoded as \"" + shown(transfer) + "\" (expected: chunked)");
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            headerBytes = 0;
            Matcher size = CHUNK.matcher(line());
            if (!size.matches()) {
                throw new ProtocolException("the answer of the policy host has a malformed chunk");
            }
            int length = Integer.parseInt(size.group(1), 16);
            if (length == 0) {
                return body.toByteArray(); // trailers have nothing to say to us
            }
            withinLimit((long) body.size() + length);
            body.write(exactly(length));
            if (!line().isEmpty()) {
                throw new ProtocolException("the answer of the policy host has a malformed chunk");
            }
        }
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the answer of the policy host breaks off");
        }
        return bytes;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new EOFException("the answer of the policy host breaks off");
            }
            if (++headerBytes > MOST_HEADER_BYTES) {
                throw new ProtocolException("the headers of the policy host are too long");
            }
            line.write(octet);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private static String shown(String value) {
        String some = value.length() <= 100 ? value : value.substring(0, 100) + "...";
        return some.replaceAll("[^\\x20-\\x7E]", "?");
    }
}
