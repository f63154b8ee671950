/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.attest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.evidence.EvidenceKey;
import org.tlsward.smtp.MessageSource;

/** A message that tells of the connection it goes over. Read once more for that; if it cannot be, it goes without. */
public final class AttestedMessage implements MessageSource {
    private static final Logger LOGGER = LoggerFactory.getLogger(AttestedMessage.class);

    private final MessageSource message;
    private final Notary notary;

    /**
     * Who says so.
     *
     * @param host our name
     * @param key of the signer
     */
    public record Notary(String host, DeliveryStatement.Signer signer, EvidenceKey key, Clock clock) {}

    /** Tells nothing before it is asked to go over a connection. */
    public AttestedMessage(MessageSource message, Notary notary) {
        this.message = message;
        this.notary = notary;
    }

    @Override
    public MessageSource over(Carriage carriage) {
        return carriage.tls().isPresent() ? headed(message, carriage) : message;
    }

    private MessageSource headed(MessageSource source, Carriage carriage) {
        try (InputStream in = source.open()) {
            String text = DeliveryStatement.text(
                    notary.clock().instant().truncatedTo(ChronoUnit.SECONDS),
                    notary.host(),
                    carriage,
                    MessageBinding.of(in),
                    notary.key());
            String field = new DeliveryStatement(text, notary.signer().sign(text)).field();
            return new Headed(source, field.getBytes(StandardCharsets.US_ASCII), carriage);
        } catch (IOException | RuntimeException e) {
            LOGGER.warn("a mail to {} goes without {}", carriage.destination(), DeliveryStatement.HEADER, e);
            return source;
        }
    }

    @Override
    public InputStream open() throws IOException {
        return message.open();
    }

    @Override
    public long size() {
        return message.size();
    }

    @Override
    public boolean hasEightBitBody() {
        return message.hasEightBitBody();
    }

    @Override
    public boolean hasUtf8Header() {
        return message.hasUtf8Header();
    }

    @Override
    public Optional<MessageSource> sevenBit() {
        return message.sevenBit();
    }

    /** With the field on top. */
    private final class Headed implements MessageSource {
        private final MessageSource source;
        private final byte[] field;
        private final Carriage carriage;

        Headed(MessageSource source, byte[] field, Carriage carriage) {
            this.source = source;
            this.field = field;
            this.carriage = carriage;
        }

        @Override
        public InputStream open() throws IOException {
            return new SequenceInputStream(new ByteArrayInputStream(field), source.open());
        }

        @Override
        public long size() {
            return field.length + source.size();
        }

        @Override
        public boolean hasEightBitBody() {
            return source.hasEightBitBody();
        }

        @Override
        public boolean hasUtf8Header() {
            return source.hasUtf8Header();
        }

        /** Its body is another one, and so is what ties the statement to it. */
        @Override
        public Optional<MessageSource> sevenBit() {
            return source.sevenBit().map(converted -> headed(converted, carriage));
        }
    }
}
