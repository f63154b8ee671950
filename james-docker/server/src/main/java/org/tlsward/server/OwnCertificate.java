/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate of the first start: where a server names {@code file://var/tls/certificate.pem} and there is none.
 *
 * <p>Only this name is filled. A file elsewhere that does not exist is a mistake of the configuration, and a server with
 * another certificate than the one that its admin named would hide it.
 */
final class OwnCertificate {

    static final String KEY = "file://var/tls/key.pem";
    static final String CERTIFICATE = "file://var/tls/certificate.pem";

    private static final Logger LOGGER = LoggerFactory.getLogger(OwnCertificate.class);

    private OwnCertificate() {}

    static void makeIfNamedAndMissing(ServerFiles files, Clock clock) throws IOException, ConfigurationException {
        Path key = files.path(KEY);
        Path certificate = files.path(CERTIFICATE);
        boolean named = CertificateFiles.of(files).stream()
                .anyMatch(each -> each instanceof PemFiles pem
                        && pem.key().equals(key)
                        && pem.certificates().equals(certificate));
        boolean keyThere = Files.exists(key);
        boolean certificateThere = Files.exists(certificate);
        if (!named || (keyThere && certificateThere)) {
            return;
        }
        if (keyThere || certificateThere) {
            throw new ConfigurationException((keyThere ? certificate : key) + " is missing, but "
                    + (keyThere ? key : certificate)
                    + " is there: put the missing file back, or remove both and a new pair is made at the next start");
        }
        String host = hostName(files);
        ServerCertificate made = SelfSignedCertificate.forHost(host, clock).writeTo(key, certificate);
        LOGGER.info("Made a self-signed certificate for {}: {}", host, made);
    }

    private static String hostName(ServerFiles files) throws ConfigurationException {
        return files.helloName().orElseGet(OwnCertificate::nameOfThisHost);
    }

    private static String nameOfThisHost() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            // As James does for its greeting.
            return "localhost";
        }
    }
}
