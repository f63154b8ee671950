/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.scenarios;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Postfix's own probe: it looks up MX, addresses and TLSA, connects, starts TLS and says what it thinks of the server. Like every
 * program of the C library it asks the resolver of {@code /etc/resolv.conf}, so it runs where another file is mounted over that one:
 * in a mount namespace of its own, that only root can make.
 */
final class PostTlsFinger {
    private static final String BINARY = "/usr/sbin/posttls-finger";
    private static final String MOUNT_AND_RUN = "mount --bind \"$1\" /etc/resolv.conf && shift && exec \"$@\"";

    private static final Pattern CONNECTION = Pattern.compile(": (\\w+) TLS connection established to ");

    private final Path resolvConf;
    private final Path configuration;

    /**
     * The probe.
     *
     * @param nameserver a validating resolver on port 53
     * @param configuration of a Postfix
     */
    PostTlsFinger(String nameserver, Path configuration) {
        this.configuration = configuration;
        try {
            // trust-ad: without it the C library takes the AD bit out of answers.
            resolvConf = Files.writeString(
                    configuration.resolve("resolv.conf"), "nameserver " + nameserver + "\noptions trust-ad\n");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** True if this process may have mounts of its own. */
    static boolean isPossible() {
        try {
            return new ProcessBuilder("unshare", "--mount", "true").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What it prints about the MX hosts of a domain. */
    String about(String domain, int port) {
        List<String> command = List.of(
                "unshare",
                "--mount",
                "sh",
                "-c",
                MOUNT_AND_RUN,
                "sh",
                resolvConf.toString(),
                BINARY,
                "-c",
                "-l",
                "dane",
                "-L",
                "summary,certmatch,verbose",
                domain + ":" + port);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("MAIL_CONFIG", configuration.toString());
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(1, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
            return output;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same in a word. At level {@code dane} without a root CA nothing but TLSA records can verify a server. */
    static String verdict(String output) {
        if (output.contains("TLSA lookup error")) {
            return "error";
        }
        Matcher connection = CONNECTION.matcher(output);
        if (!connection.find()) {
            throw new AssertionError(
                    "no TLS connection; does this root have the right to unshare and mount? " + output);
        }
        return switch (connection.group(1)) {
            case "Verified" -> "verified";
            case "Trusted" -> "trusted";
            default -> output.contains("DNSSEC-signed TLSA record: ") ? "refused" : "no DANE";
        };
    }
}
