/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.smtp;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A message in memory. */
record TestMessage(String content, boolean hasEightBitBody, boolean hasUtf8Header, Optional<MessageSource> sevenBit)
        implements MessageSource {
    static final String MARK = "SECRET-CONTENT";
    static final TestMessage PLAIN = of("Subject: test\r\n\r\n" + MARK + "\r\n");

    static TestMessage of(String content) {
        return new TestMessage(content, false, false, Optional.empty());
    }

    TestMessage eightBit(Optional<MessageSource> converted) {
        return new TestMessage(content, true, hasUtf8Header, converted);
    }

    TestMessage utf8Header() {
        return new TestMessage(content, hasEightBitBody, true, sevenBit);
    }

    @Override
    public InputStream open() {
        return new ByteArrayInputStream(content.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public long size() {
        return content.length();
    }
}
