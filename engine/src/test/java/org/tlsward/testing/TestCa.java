/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.testing;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A root, an intermediate below it, and leaves with whatever fault a test asks for. Everything is made when asked for. */
public final class TestCa {
    private static final Duration YEAR = Duration.ofDays(365);

    private static final AtomicLong COUNT = new AtomicLong();

    private final AtomicLong serial = new AtomicLong(1);
    private final Instant now;
    private final Identity root;
    private final Identity intermediate;

    /** What a certificate is like. */
    private record Form(
            String commonName, List<GeneralName> names, KeyPurposeId purpose, Instant from, Instant to, boolean ca) {}

    /** A CA whose certificates are valid for a year around {@code now}. */
    public TestCa(Instant now) {
        this.now = now;
        KeyPair rootKey = ec();
        Form rootForm = new Form("Test Root " + COUNT.incrementAndGet(), List.of(), null, from(), to(), true);
        this.root = new Identity(
                rootKey.getPrivate(), List.of(sign(rootForm, rootKey, subject(rootForm), rootKey.getPrivate())));
        Form form = new Form("Test Intermediate", List.of(), null, from(), to(), true);
        this.intermediate = issue(form, ec(), root);
    }

    /** A CA of today. */
    public static TestCa today() {
        return new TestCa(Instant.now());
    }

    /** The certificate to trust. */
    public X509Certificate root() {
        return root.leaf();
    }

    /** The certificate between root and leaves, which servers have to send. */
    public X509Certificate intermediate() {
        return intermediate.leaf();
    }

    /** As it should be: EC P-256, these names, for servers. */
    public Identity good(String... names) {
        return leaf(server(from(), to(), names), ec());
    }

    /** For an address. */
    public Identity forAddress(String ip) {
        List<GeneralName> names = List.of(new GeneralName(GeneralName.iPAddress, ip));
        return leaf(new Form("host", names, KeyPurposeId.id_kp_serverAuth, from(), to(), false), ec());
    }

    /** Ended yesterday. */
    public Identity expired(String name) {
        return leaf(server(from(), now.minus(Duration.ofDays(1)), name), ec());
    }

    /** Begins tomorrow. */
    public Identity notYetValid(String name) {
        return leaf(server(now.plus(Duration.ofDays(1)), to(), name), ec());
    }

    /** Signed by nobody else. */
    public Identity selfSigned(String name) {
        KeyPair key = ec();
        Form form = server(from(), to(), name);
        return new Identity(key.getPrivate(), List.of(sign(form, key, subject(form), key.getPrivate())));
    }

    /** Has the name in the subject only. */
    public Identity commonNameOnly(String name) {
        return leaf(new Form(name, List.of(), KeyPurposeId.id_kp_serverAuth, from(), to(), false), ec());
    }

    /** RSA with 1024 bits. */
    public Identity weakKey(String name) {
        return leaf(server(from(), to(), name), rsa(1024));
    }

    /** RSA with 2048 bits, for cipher suites that need RSA. */
    public Identity rsa(String name) {
        return leaf(server(from(), to(), name), rsa(2048));
    }

    /** For TLS clients only. */
    public Identity clientOnly(String name) {
        return leaf(new Form(name, dns(name), KeyPurposeId.id_kp_clientAuth, from(), to(), false), ec());
    }

    private Form server(Instant from, Instant to, String... names) {
        return new Form(names[0], dns(names), KeyPurposeId.id_kp_serverAuth, from, to, false);
    }

    private static List<GeneralName> dns(String... names) {
        return Arrays.stream(names)
                .map(name -> new GeneralName(GeneralName.dNSName, name))
                .toList();
    }

    private Instant from() {
        return now.minus(YEAR);
    }

    private Instant to() {
        return now.plus(YEAR);
    }

    private Identity leaf(Form form, KeyPair key) {
        Identity issued = issue(form, key, intermediate);
        return new Identity(issued.key(), List.of(issued.leaf(), intermediate.leaf()));
    }

    private Identity issue(Form form, KeyPair key, Identity issuer) {
        return new Identity(
                key.getPrivate(), List.of(sign(form, key, issuer.leaf().getSubjectX500Principal(), issuer.key())));
    }

    private static X500Principal subject(Form form) {
        return new X500Principal("CN=" + form.commonName());
    }

    private X509Certificate sign(Form form, KeyPair key, X500Principal issuer, PrivateKey signer) {
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    issuer,
                    BigInteger.valueOf(serial.getAndIncrement()),
                    Date.from(form.from()),
                    Date.from(form.to()),
                    subject(form),
                    key.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(form.ca()));
            int usage = form.ca() ? KeyUsage.keyCertSign : KeyUsage.digitalSignature | KeyUsage.keyEncipherment;
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
            if (!form.names().isEmpty()) {
                GeneralNames names = new GeneralNames(form.names().toArray(GeneralName[]::new));
                builder.addExtension(Extension.subjectAlternativeName, false, names);
            }
            if (form.purpose() != null) {
                builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(form.purpose()));
            }
            String algorithm = signer.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm).build(signer)));
        } catch (IOException | OperatorCreationException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair ec() {
        return keys("EC", 256);
    }

    private static KeyPair rsa(int bits) {
        return keys("RSA", bits);
    }

    private static KeyPair keys(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
