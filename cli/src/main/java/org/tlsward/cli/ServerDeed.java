/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.tlsward.check.ExitCode;
import org.tlsward.explain.CleanText;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the commands that ask a running server have in common. */
abstract class ServerDeed implements Callable<Integer> {
    private static final int LONGEST = 1000;
    private static final int LONGEST_ANSWER = 100;

    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServerOption server;

    @Option(names = "--json", description = "Print JSON, for programs.")
    private boolean json;

    ServerDeed(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** Does it and tells what came of it. */
    abstract ExitCode run(ServerConnection connection) throws IOException;

    @Override
    public Integer call() throws IOException {
        try {
            return run(server.connect(surroundings)).number();
        } catch (ServerRefusal e) {
            err().println(spec.qualifiedName() + ": " + CleanText.of(e.getMessage(), LONGEST));
            return e.exit().number();
        }
    }

    static String path(String id) {
        return "/quarantine/" + ServerConnection.encoded(id);
    }

    Instant now() {
        return surroundings.clock().instant();
    }

    static ObjectNode body() {
        return JsonNodeFactory.instance.objectNode();
    }

    PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** The answer for programs, or a sentence for people. */
    void tell(JsonNode answer, String sentence) {
        if (json) {
            new ReportPrinter(out(), Ansi.OFF).json(answer);
        } else {
            say(sentence);
        }
    }

    boolean isForPrograms() {
        return json;
    }

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** A line for people; what strangers wrote cannot steer the terminal. */
    void say(String line) {
        out().println(clean(line));
        out().flush();
    }

    /** Shows what is about to happen, and asks for a yes. */
    boolean agrees(String question, boolean already) throws IOException {
        if (already) {
            return true;
        }
        err().print(clean(question) + "\nType yes to go on: ");
        err().flush();
        String answer = line();
        if (answer.strip().equals("yes")) {
            return true;
        }
        err().println("Nothing was done.");
        return false;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = surroundings.input().read();
                c >= 0 && c != '\n' && line.length() < LONGEST_ANSWER;
                c = surroundings.input().read()) {
            line.append(new String(new byte[] {(byte) c}, StandardCharsets.US_ASCII));
        }
        return line.toString();
    }

    static String clean(String text) {
        return CleanText.of(text, LONGEST);
    }
}
