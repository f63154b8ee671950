/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.smtp;

import java.util.List;
import java.util.Optional;

/**
 * What a server answered to one command (RFC 5321 §4.2).
 *
 * @param code three digits
 * @param lines the text of each line without code and separator; control characters are replaced, so that a reply can be logged
 */
public record Reply(int code, List<String> lines) {

    /** Copies its arguments. */
    public Reply {
        lines = List.copyOf(lines);
    }

    /** 2xx. */
    public boolean isPositive() {
        return code / 100 == 2;
    }

    /** 5xx. */
    public boolean isPermanent() {
        return code / 100 == 5;
    }

    /** 421: the server closes the channel, whatever the command was (RFC 5321 §3.8). */
    public boolean isClosing() {
        return code == 421;
    }

    /** The enhanced status code, if the server sent one of the same class as the reply (RFC 2034 §4). */
    public Optional<EnhancedCode> enhancedCode() {
        return lines.stream()
                .findFirst()
                .flatMap(EnhancedCode::startOf)
                .filter(enhanced -> enhanced.kind() == code / 100);
    }

    /** Code and text on one line, as logs and DSNs show it. */
    @Override
    public String toString() {
        return code + " " + String.join(" ", lines);
    }
}
