/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.classes;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.util.ssl.HostNameSSLSocketVerifier;
import com.unboundid.util.ssl.SSLSocketVerifier;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;

/**
 * Compares the name of a directory server with its certificate (RFC 4513 §3.1.3). Only names in subjectAltName count; the library by
 * itself would also take the common name.
 */
final class SanVerifier extends SSLSocketVerifier {
    private static final Set<Integer> DNS_NAME_AND_IP_ADDRESS = Set.of(2, 7);

    private final SSLSocketVerifier names = new HostNameSSLSocketVerifier(true, false);

    @Override
    public void verifySSLSocket(String host, int port, SSLSocket socket) throws LDAPException {
        if (!hasName(socket)) {
            throw new LDAPException(
                    ResultCode.CONNECT_ERROR,
                    "the certificate of " + host
                            + " has no subjectAltName (expected: one with the name of the server)");
        }
        names.verifySSLSocket(host, port, socket);
    }

    private static boolean hasName(SSLSocket socket) {
        try {
            X509Certificate leaf = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            Collection<List<?>> alternatives = leaf.getSubjectAlternativeNames();
            return alternatives != null
                    && alternatives.stream().anyMatch(name -> DNS_NAME_AND_IP_ADDRESS.contains((Integer) name.get(0)));
        } catch (SSLPeerUnverifiedException | CertificateParsingException e) {
            return false;
        }
    }
}
