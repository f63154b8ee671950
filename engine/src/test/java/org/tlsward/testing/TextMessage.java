/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.testing;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.tlsward.smtp.MessageSource;

/**
 * A message of US-ASCII.
 *
 * @param text header and body, with CRLF
 */
public record TextMessage(String text) implements MessageSource {
    @Override
    public InputStream open() {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public long size() {
        return text.length();
    }

    @Override
    public boolean hasEightBitBody() {
        return false;
    }

    @Override
    public boolean hasUtf8Header() {
        return false;
    }

    @Override
    public Optional<MessageSource> sevenBit() {
        return Optional.empty();
    }
}
