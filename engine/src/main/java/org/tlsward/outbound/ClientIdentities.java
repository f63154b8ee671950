/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.tlsward.policy.ClientCertificate;
import org.tlsward.smtp.ClientIdentity;

/** The client certificates of destinations, read once and again when their files change: a renewed one counts at once. */
public final class ClientIdentities {
    private final Map<ClientCertificate, Read> identities = new ConcurrentHashMap<>();

    /** A file as it was when it was read. */
    private record Read(String version, ClientIdentity identity) {}

    /**
     * The one of that file.
     *
     * @throws IOException if there is none that could be shown; it says why
     */
    public ClientIdentity of(ClientCertificate certificate) throws IOException {
        Path file = Path.of(certificate.file());
        try {
            String version = Files.getLastModifiedTime(file) + " " + Files.size(file);
            Read known = identities.get(certificate);
            if (known != null && known.version().equals(version)) {
                return known.identity();
            }
            ClientIdentity identity = read(certificate, file, version);
            identities.put(certificate, new Read(version, identity));
            return identity;
        } catch (IOException | GeneralSecurityException e) {
            identities.remove(certificate);
            throw new IOException("the client certificate " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static ClientIdentity read(ClientCertificate certificate, Path file, String version)
            throws IOException, GeneralSecurityException {
        String password = certificate.password().orElse("");
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, password.toCharArray());
        }
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                // The version is part of the name, by which connections are kept apart: none outlives a renewal.
                return new ClientIdentity(file + " of " + version, store, password);
            }
        }
        throw new IOException("it holds no key (expected: a PKCS#12 file with a key and its certificate)");
    }
}
