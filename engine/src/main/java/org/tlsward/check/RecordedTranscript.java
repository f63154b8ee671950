/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.check;

import java.util.ArrayList;
import java.util.List;
import org.tlsward.smtp.ServerName;
import org.tlsward.smtp.Transcript;

/** Writes conversations down: C is we, S is the server. */
public final class RecordedTranscript implements Transcript {
    private final List<String> lines = new ArrayList<>();

    @Override
    public synchronized void connecting(ServerName server) {
        if (!lines.isEmpty()) {
            lines.add("");
        }
        lines.add("--- connection to " + server + ", in cleartext");
    }

    @Override
    public synchronized void sent(String command) {
        lines.add("C: " + command);
    }

    @Override
    public synchronized void received(int code, List<String> texts) {
        for (int i = 0; i < texts.size(); i++) {
            lines.add("S: " + code + (i == texts.size() - 1 ? " " : "-") + texts.get(i));
        }
    }

    @Override
    public synchronized void secured(String protocol, String cipherSuite) {
        lines.add("=== " + protocol + ", " + cipherSuite + ": everything from here on is encrypted");
    }

    @Override
    public synchronized void failed(String why) {
        lines.add("!!! " + why);
    }

    /** What was written down so far. */
    public synchronized List<String> lines() {
        return List.copyOf(lines);
    }
}
