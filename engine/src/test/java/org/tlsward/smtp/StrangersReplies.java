/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.smtp;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.tlsward.smtp.ReplyReader.MalformedReply;

/** Opens the readers of replies to the fuzzer. */
public final class StrangersReplies {
    private StrangersReplies() {}

    /** The replies before the first fault or the end. Any other exception is a defect. */
    public static List<Reply> read(byte[] octets, ReplyLimits limits) throws IOException {
        ReplyReader reader = new ReplyReader(new ByteArrayInputStream(octets), limits);
        List<Reply> replies = new ArrayList<>();
        try {
            while (true) {
                replies.add(reader.read());
            }
        } catch (MalformedReply | EOFException e) {
            return replies;
        }
    }

    /** The extensions that an answer to EHLO lists. */
    public static Extensions extensions(Reply ehlo) {
        return Extensions.of(ehlo);
    }
}
