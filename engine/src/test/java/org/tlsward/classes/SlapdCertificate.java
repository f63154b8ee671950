/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.classes;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A self-signed certificate of a directory server.
 *
 * @param certificate as PEM
 * @param key as PEM
 * @param trustStore PKCS#12 with the certificate, password {@link Slapd#PASSWORD}
 */
record SlapdCertificate(Path certificate, Path key, Path trustStore) {

    /** For CN=localhost, with {@code alternativeName} unless that is empty. */
    static SlapdCertificate make(Path directory, String alternativeName)
            throws IOException, GeneralSecurityException, InterruptedException {
        Files.createDirectories(directory);
        SlapdCertificate made = new SlapdCertificate(
                directory.resolve("cert.pem"), directory.resolve("key.pem"), directory.resolve("trust.p12"));
        Path keys = directory.resolve("keys.p12");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                // keytool itself stumbles over a Turkish locale
                "-J-Duser.language=en"));
        command.addAll(
                List.of("-genkeypair", "-alias", "ldap", "-keyalg", "RSA", "-keysize", "2048", "-validity", "2"));
        command.addAll(List.of("-dname", "CN=localhost", "-keystore", keys.toString(), "-storetype", "PKCS12"));
        command.addAll(List.of("-storepass", Slapd.PASSWORD));
        if (!alternativeName.isEmpty()) {
            command.addAll(List.of("-ext", "SAN=dns:" + alternativeName));
        }
        Path log = directory.resolve("keytool.log");
        Process keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (keytool.waitFor() != 0) {
            throw new IllegalStateException(Files.readString(log));
        }
        char[] password = Slapd.PASSWORD.toCharArray();
        KeyStore store = KeyStore.getInstance(keys.toFile(), password);
        Certificate certificate = store.getCertificate("ldap");
        Key key = store.getKey("ldap", password);
        Files.writeString(made.certificate, pem("CERTIFICATE", certificate.getEncoded()));
        Files.writeString(made.key, pem("PRIVATE KEY", key.getEncoded()));
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("ldap", certificate);
        try (OutputStream out = Files.newOutputStream(made.trustStore)) {
            trust.store(out, password);
        }
        return made;
    }

    private static String pem(String kind, byte[] bytes) {
        String text = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(bytes);
        return "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n";
    }
}
