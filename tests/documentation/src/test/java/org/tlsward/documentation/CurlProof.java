/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.documentation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tlsward.documentation.Script.Command;
import org.tlsward.site.Page.Block;
import org.tlsward.webadmin.PageRoutes;

/** {@code curl}: options that it has, routes that WebAdmin has, with the method and the token that they want. */
final class CurlProof implements ShellProof.ProgramProof {
    private static final Set<String> FLAGS =
            Set.of("-s", "-S", "-f", "-i", "-I", "-k", "-L", "-v", "-sS", "-fsS", "-sf", "-fs", "-sk", "--fail");
    private static final Set<String> VALUED = Set.of(
            "-H", "-X", "-d", "--data", "--data-binary", "-o", "-u", "-w", "-m", "--max-time", "--cacert", "--json");
    private static final Set<String> BODIES = Set.of("-d", "--data", "--data-binary", "--json");

    /** What a line asks for. */
    private record Asked(String method, URI uri, List<String> headers, Optional<String> body) {}

    @Override
    public void of(Block block, Command command, Context context) {
        Asked asked = parse(block, command);
        boolean ours = List.of("127.0.0.1", "localhost").contains(asked.uri().getHost())
                && asked.uri().getPort() == 8000;
        if (!ours) {
            return;
        }
        String path = asked.uri().getPath();
        if (!PageRoutes.has(asked.method(), path) && !isOfJames(path)) {
            throw new Mistake(
                    block.page(), command.line(), "unknown route", asked.method() + " " + path, PageRoutes.near(path));
        }
        boolean guarded = path.startsWith("/tlsward/api");
        if (guarded && asked.headers().stream().noneMatch(header -> header.startsWith("X-TlsWard-Token: "))) {
            throw new Mistake(block.page(), command.line(), "no token for", path, "-H \"X-TlsWard-Token: $TOKEN\"");
        }
        asked.body()
                .filter(body -> guarded && !body.startsWith("@"))
                .ifPresent(body -> checkJson(block, command, body));
    }

    private static void checkJson(Block block, Command command, String body) {
        try {
            new ObjectMapper().readTree(body);
        } catch (JsonProcessingException e) {
            throw new Mistake(block.page(), command.line(), "broken JSON", body, e.getOriginalMessage());
        }
    }

    /** Its routes cannot be had without a server: that the first word of the path is a constant of James is what can be said. */
    private static boolean isOfJames(String path) {
        String first = path.split("/", -1)[1];
        Set<String> known = JamesWords.all().webAdmin();
        return !first.equals("tlsward") && (known.contains("/" + first) || known.contains(first));
    }

    private static Asked parse(Block block, Command command) {
        List<String> headers = new ArrayList<>();
        Optional<String> method = Optional.empty();
        Optional<String> body = Optional.empty();
        Optional<URI> uri = Optional.empty();
        List<String> words = command.arguments();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (VALUED.contains(word) && i + 1 < words.size()) {
                String value = words.get(++i);
                if (word.equals("-H")) {
                    headers.add(value);
                } else if (word.equals("-X")) {
                    method = Optional.of(value);
                } else if (BODIES.contains(word)) {
                    body = Optional.of(value);
                }
            } else if (word.startsWith("-") && !FLAGS.contains(word) && !word.matches("-X[A-Z]+")) {
                throw new Mistake(
                        block.page(),
                        command.line(),
                        "unknown option of curl",
                        word,
                        Map.of("flags", FLAGS, "with a value", VALUED) + "");
            } else if (word.startsWith("-X")) {
                method = Optional.of(word.substring(2));
            } else if (!word.startsWith("-")) {
                uri = Optional.of(URI.create(word.contains("://") ? word : "http://" + word));
            }
        }
        String asked = method.orElse(body.isPresent() ? "POST" : "GET");
        return new Asked(
                asked,
                uri.orElseThrow(() -> new Mistake(block.page(), command.line(), "curl without a URL")),
                headers,
                body);
    }
}
