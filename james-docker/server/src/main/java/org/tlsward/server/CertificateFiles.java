/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.tree.ImmutableNode;

/** The files of one key and its certificates, as a server's {@code <tls>} names them. */
sealed interface CertificateFiles permits PemFiles, KeyStoreFile {

    /** The files to watch. */
    List<Path> paths();

    /** What the files hold now. */
    ServerCertificate load() throws UnusableCertificateException;

    /** Every pair of files that an enabled server names, each once. */
    static List<CertificateFiles> of(ServerFiles files) throws ConfigurationException {
        List<CertificateFiles> all = new ArrayList<>();
        for (HierarchicalConfiguration<ImmutableNode> server : files.tlsServers()) {
            of(server, files).filter(each -> !all.contains(each)).ifPresent(all::add);
        }
        return List.copyOf(all);
    }

    private static Optional<CertificateFiles> of(HierarchicalConfiguration<ImmutableNode> server, ServerFiles files)
            throws ConfigurationException {
        String secret = server.getString("tls.secret", "");
        // As James does: a key store wins over PEM files.
        if (server.containsKey("tls.keystore")) {
            String type = server.getString("tls.keystoreType", "JKS");
            return Optional.of(new KeyStoreFile(files.path(server.getString("tls.keystore")), type, secret));
        }
        if (server.containsKey("tls.privateKey") && server.containsKey("tls.certificates")) {
            Path key = files.path(server.getString("tls.privateKey"));
            return Optional.of(new PemFiles(key, files.path(server.getString("tls.certificates")), secret));
        }
        // James itself refuses to start such a server and says why.
        return Optional.empty();
    }
}
