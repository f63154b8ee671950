/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mtasts;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Whose certificates a policy host may show. */
public final class TrustedCas {
    private final TrustManager[] judges;

    private TrustedCas(Optional<KeyStore> store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store.orElse(null));
        this.judges = factory.getTrustManagers();
    }

    /** The CAs of the JVM. */
    public static TrustedCas ofJvm() {
        try {
            return new TrustedCas(Optional.empty());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the CAs of the JVM cannot be read", e);
        }
    }

    /** These and no others. */
    public static TrustedCas of(Collection<X509Certificate> roots) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (X509Certificate root : roots) {
                store.setCertificateEntry("root-" + store.size(), root);
            }
            return new TrustedCas(Optional.of(store));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the trusted certificates cannot be used", e);
        }
    }

    /**
     * A context of its own for every fetch: a TLS session that is resumed would not be asked for its certificate again, which may have
     * expired since. No client certificate.
     */
    SSLContext context() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[0], judges, new SecureRandom());
        return context;
    }
}
