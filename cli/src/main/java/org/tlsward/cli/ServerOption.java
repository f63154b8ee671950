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
    private static final String PASSWORD = "TLSWARD_WEBADMIN_PASSWORD";

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

    @Option(
            names = "--webadmin-password-file",
            paramLabel = "FILE",
            description = {
                "Where WebAdmin itself asks for a password: file with the \"password\" of webadmin.properties (James 3.9) or with a JSON Web"
                        + " Token (jwt.enabled) (default: the environment variable " + PASSWORD + ")."
            })
    private String passwordFile;

    ServerConnection connect(Surroundings surroundings) throws IOException {
        return new ServerConnection(address(), token(surroundings), password(surroundings));
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
        return secret(surroundings, tokenFile, "token", TOKEN)
                .filter(text -> text.matches("[\\x21-\\x7e]+"))
                .orElseThrow(() -> new UsageException("a token is missing (expected: --token-file FILE or " + TOKEN
                        + ", with what \"tlsward token add\" has shown)"));
    }

    private Optional<String> password(Surroundings surroundings) throws IOException {
        Optional<String> password = secret(surroundings, passwordFile, "password", PASSWORD);
        if (password.filter(text -> !text.matches("[\\x20-\\x7e]+")).isPresent()) {
            throw new UsageException("unsupported password of WebAdmin (expected: one line of ASCII, in the file of"
                    + " --webadmin-password-file or in " + PASSWORD + ")");
        }
        return password;
    }

    private static Optional<String> secret(Surroundings surroundings, String file, String what, String variable)
            throws IOException {
        Optional<String> secret = file == null
                ? surroundings.environment().apply(variable)
                : Optional.of(read(surroundings.directory().resolve(file), what, file));
        return secret.map(String::strip);
    }

    private static String read(Path file, String what, String named) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new UsageException(
                    "unsupported " + what + " file \"" + named + "\" (expected: a file with a " + what + ")");
        }
        return Files.readString(file);
    }
}
