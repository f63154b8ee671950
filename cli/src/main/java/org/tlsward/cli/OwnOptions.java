/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What is about a domain of our own. */
final class OwnOptions {
    @Option(
            names = "--own",
            description =
                    "DOMAIN is ours: print what it should publish, check what it does publish, and ask --cleartext for"
                            + " an address of each class.")
    private boolean own;

    @Option(
            names = "--certificate",
            paramLabel = "FILE",
            description = "With --own: the certificate in use, in PEM (default: asked from the MX hosts).")
    private Path certificate;

    @Option(
            names = "--next-certificate",
            paramLabel = "FILE",
            description = "With --own: may this certificate replace the one in use?")
    private Path next;

    boolean own() {
        if (!own && (certificate != null || next != null)) {
            throw new UsageException("--certificate and --next-certificate are for --own only");
        }
        return own;
    }

    Optional<List<X509Certificate>> certificate(Surroundings surroundings) {
        return Optional.ofNullable(certificate)
                .map(surroundings.directory()::resolve)
                .map(PemCertificates::read);
    }

    Optional<List<X509Certificate>> next(Surroundings surroundings) {
        return Optional.ofNullable(next).map(surroundings.directory()::resolve).map(PemCertificates::read);
    }
}
