/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which server to talk to, and as whom. */
final class ServerOption {
    private static final String TOKEN = "TLSWARD_TOKEN";

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = {
                "Its WebAdmin (default: http://127.0.0.1:8000).",
                "Other machines: https only, or the token would travel in cleartext."
            })
    private String server = "http://127.0.0.1:8000";

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "File with the token that \"tlsward token add\" has shown (default: the environment variable "
                    + TOKEN + ").")
    private String tokenFile;

    ServerConnection connect(Surroundings surroundings) throws IOException {
        return new ServerConnection(address(), token(surroundings));
    }

    private URI address() {
        try {
            URI uri = new URI(server);
            boolean http = "http".equalsIgnoreCase(uri.getScheme());
            boolean https = "https".equalsIgnoreCase(uri.getScheme());
            if ((http || https)
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getQuery() == null
                    && uri.getFragment() == null) {
                if (http && !isLoopback(uri.getHost())) {
                    throw new UsageException("unsupported server \"" + server
                            + "\" (expected: https, or the token would travel in cleartext)");
                }
                return uri;
            }
        } catch (URISyntaxException e) {
            // told below, as any other
        }
        throw new UsageException(
                "unsupported server \"" + server + "\" (expected: a URL like https://mailadmin.klinik.example)");
    }

    /** Literally: what a name means is for DNS to say, and so for others. */
    private static boolean isLoopback(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.equals("[::1]")
                || name.matches("127\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}");
    }

    private String token(Surroundings surroundings) throws IOException {
        Optional<String> token = tokenFile == null
                ? surroundings.environment().apply(TOKEN)
                : Optional.of(read(surroundings.directory().resolve(tokenFile)));
        return token.map(String::strip)
                .filter(text -> text.matches("[\\x21-\\x7e]+"))
                .orElseThrow(() -> new UsageException("a token is missing (expected: --token-file FILE or " + TOKEN
                        + ", with what \"tlsward token add\" has shown)"));
    }

    private String read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new UsageException("unsupported token file \"" + tokenFile + "\" (expected: a file with a token)");
        }
        return Files.readString(file);
    }
}
