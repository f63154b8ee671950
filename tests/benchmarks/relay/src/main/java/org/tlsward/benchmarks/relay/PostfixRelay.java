/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.benchmarks.relay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Debian's Postfix with level {@code secure}; its configuration, queue and data are below our folder. */
final class PostfixRelay extends Relay {
    private final int sinkPort;
    private final boolean reuse;

    /** @param reuse whether it keeps TLS connections open for the next mail, as its default does not */
    PostfixRelay(String name, Site site, int sinkPort, boolean reuse) throws IOException {
        super(name, site);
        this.sinkPort = sinkPort;
        this.reuse = reuse;
    }

    @Override
    void configure() throws IOException {
        // Its daemons run as another user.
        for (Path each = directory(); each.startsWith(site().directory()); each = each.getParent()) {
            Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Files.createDirectories(directory().resolve("queue"));
        Path data = Files.createDirectories(directory().resolve("data"));
        Files.setOwner(
                data, data.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postfix"));
        write(
                "conf/main.cf",
                Site.template(
                        "postfix/main.cf",
                        "ROOT",
                        directory().toString(),
                        "SINK",
                        Integer.toString(sinkPort),
                        "CA",
                        site().pki("ca.crt").toString(),
                        "REUSE",
                        reuse ? "yes" : "no"));
        write("conf/master.cf", Site.template("postfix/master.cf", "PORT", Integer.toString(port())));
    }

    @Override
    List<String> command() {
        return List.of("/usr/sbin/postfix", "-c", directory().resolve("conf").toString(), "start-fg");
    }
}
