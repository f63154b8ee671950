/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.benchmarks.relay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * Debian's Exim. It reads its configuration where it was compiled to, so it runs in a mount namespace of its own, in which
 * {@code /etc/exim4} is our folder.
 */
final class EximRelay extends Relay {
    private static final Path CONFIGURATION = Path.of("/etc/exim4");

    private final Path program;
    private final int sinkPort;

    /** @param program unpacked from Debian's package: it cannot be installed beside Postfix */
    EximRelay(String name, Site site, int sinkPort, Path program) throws IOException {
        super(name, site);
        this.sinkPort = sinkPort;
        this.program = program;
    }

    @Override
    void configure() throws IOException {
        for (Path each = directory(); each.startsWith(site().directory()); each = each.getParent()) {
            Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        for (String each : List.of("spool", "logs")) {
            Path folder = Files.createDirectories(directory().resolve(each));
            Files.setOwner(
                    folder,
                    folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("Debian-exim"));
        }
        Path binary = directory().resolve("exim4");
        Files.copy(program, binary);
        new ProcessBuilder("chmod", "4755", binary.toString())
                .inheritIO()
                .start()
                .onExit()
                .join();
        Files.createDirectories(CONFIGURATION);
        write(
                "conf/exim4.conf",
                Site.template(
                        "exim/exim4.conf",
                        "ROOT",
                        directory().toString(),
                        "SINK",
                        Integer.toString(sinkPort),
                        "PORT",
                        Integer.toString(port()),
                        "CA",
                        site().pki("ca.crt").toString()));
    }

    @Override
    List<String> command() {
        return List.of(
                "unshare",
                "--mount",
                "sh",
                "-c",
                "mount --bind \"$0/conf\" /etc/exim4 && exec \"$0/exim4\" -bdf",
                directory().toString());
    }
}
