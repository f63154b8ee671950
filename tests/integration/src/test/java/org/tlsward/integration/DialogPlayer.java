/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Plays one {@link Dialog} against one server and fails at the first step that goes otherwise. */
final class DialogPlayer implements AutoCloseable {
    private final RunningJames james;
    private SmtpClient client;
    private List<String> reply = List.of();

    DialogPlayer(RunningJames james) {
        this.james = james;
    }

    void play(Dialog dialog) throws Exception {
        for (Dialog.Step step : dialog.steps()) {
            try {
                perform(step.verb(), step.argument());
            } catch (Exception | AssertionError e) {
                throw new AssertionError(
                        dialog.name() + ":" + step.line() + ": " + step.verb() + " " + step.argument() + ": "
                                + e.getMessage(),
                        e);
            }
        }
    }

    private void perform(String verb, String argument) throws Exception {
        switch (verb) {
            case "connect" -> connect(argument);
            case ">" -> client.sendLine(argument);
            case ">>" -> client.send(Dialog.unescape(argument));
            case "repeat" -> repeat(argument);
            case "long" -> longLine(argument.split(" ", 2));
            case "<" -> expect(argument);
            case "has" -> assertThat(reply).anyMatch(line -> line.contains(argument));
            case "lacks" -> assertThat(reply).noneMatch(line -> line.contains(argument));
            case "tls" -> client.startTls(argument);
            case "closed" -> assertThat(client.isClosed()).as("closed").isTrue();
            case "vanish" -> client.vanish();
            case "stored" -> stored(argument.split(" ", 2));
            case "not-stored" -> assertThat(new KeptMail(james).mailsFor(argument))
                    .isEmpty();
            case "logged" -> james.await(Pattern.compile(argument));
            default -> throw new IllegalArgumentException("unknown step");
        }
    }

    private void connect(String name) throws Exception {
        close();
        Port port = Port.valueOf(name.toUpperCase(Locale.ROOT));
        client = new SmtpClient(james.directory().port(port));
    }

    private void repeat(String argument) throws Exception {
        String[] words = argument.split(" ", 3); // 100 > NOOP
        int times = Integer.parseInt(words[0]);
        for (int i = 0; i < times; i++) {
            client.sendLine(words[2].replace("{n}", Integer.toString(i)));
            reply = client.reply();
        }
    }

    private void longLine(String[] words) throws Exception {
        client.sendLine(words[1] + "x".repeat(Integer.parseInt(words[0])));
    }

    private void expect(String glob) throws Exception {
        reply = client.reply();
        assertThat(reply.get(reply.size() - 1)).matches(Dialog.glob(glob));
    }

    private void stored(String[] words) throws Exception {
        String mail = new KeptMail(james).awaitFor(words[0]);
        assertThat(mail).containsPattern(Pattern.compile(words[1]));
    }

    @Override
    public void close() throws IOException {
        if (client != null) {
            client.close();
        }
    }
}
