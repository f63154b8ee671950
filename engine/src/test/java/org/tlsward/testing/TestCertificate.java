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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate in the making, where {@link TestCa} has no name for what a test wants. Valid for a year around now, EC P-256. */
public final class TestCertificate {
    private static final AtomicLong SERIAL = new AtomicLong(1);

    private final String commonName;
    private final List<GeneralName> names = new ArrayList<>();
    private Instant from;
    private Instant to;
    private KeyPair key = keys("EC", 256);
    private boolean ca;
    private OptionalInt pathLength = OptionalInt.empty();
    private OptionalInt usage = OptionalInt.empty();
    private List<String> permitted = List.of();
    private List<KeyPurposeId> purposes = List.of();
    private String digest = "SHA256";
    private boolean strange;

    private TestCertificate(String commonName, Instant now) {
        this.commonName = commonName;
        this.from = now.minus(Duration.ofDays(365));
        this.to = now.plus(Duration.ofDays(365));
    }

    /** A CA. */
    public static TestCertificate ca(String commonName, Instant now) {
        TestCertificate certificate = new TestCertificate(commonName, now);
        certificate.ca = true;
        return certificate;
    }

    /** A server with these names. */
    public static TestCertificate server(Instant now, String... names) {
        TestCertificate certificate = new TestCertificate(names[0], now);
        Arrays.stream(names).forEach(name -> certificate.names.add(new GeneralName(GeneralName.dNSName, name)));
        return certificate.purposes(KeyPurposeId.id_kp_serverAuth);
    }

    /** Other dates. */
    public TestCertificate valid(Instant begin, Instant end) {
        from = begin;
        to = end;
        return this;
    }

    /** Another key. */
    public TestCertificate key(KeyPair pair) {
        key = pair;
        return this;
    }

    /** How many CAs may stand below. */
    public TestCertificate pathLength(int length) {
        pathLength = OptionalInt.of(length);
        return this;
    }

    /** Bits of {@link KeyUsage} other than the usual ones. */
    public TestCertificate usage(int bits) {
        usage = OptionalInt.of(bits);
        return this;
    }

    /** The only domain below which names are allowed. */
    public TestCertificate permitted(String domain) {
        permitted = List.of(domain);
        return this;
    }

    /** Extended key usage; none for no such extension. */
    public TestCertificate purposes(KeyPurposeId... only) {
        purposes = List.of(only);
        return this;
    }

    /** What the issuer signs with, for example {@code SHA1}. */
    public TestCertificate digest(String name) {
        digest = name;
        return this;
    }

    /** With a critical extension that nobody knows. */
    public TestCertificate strange() {
        strange = true;
        return this;
    }

    /** By its own key. */
    public Identity selfSigned() {
        return new Identity(key.getPrivate(), List.of(sign(subject(), key.getPrivate())));
    }

    /** By a CA, whose chain is sent too. */
    public Identity signedBy(Identity issuer) {
        List<X509Certificate> chain = new ArrayList<>();
        chain.add(sign(issuer.leaf().getSubjectX500Principal(), issuer.key()));
        chain.addAll(issuer.chain());
        return new Identity(key.getPrivate(), chain);
    }

    private X500Principal subject() {
        return new X500Principal("CN=" + commonName);
    }

    private X509Certificate sign(X500Principal issuer, PrivateKey signer) {
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    issuer,
                    BigInteger.valueOf(SERIAL.getAndIncrement()),
                    Date.from(from),
                    Date.from(to),
                    subject(),
                    key.getPublic());
            addExtensions(builder);
            String algorithm = digest + (signer.getAlgorithm().equals("RSA") ? "withRSA" : "withECDSA");
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm).build(signer)));
        } catch (IOException | OperatorCreationException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void addExtensions(JcaX509v3CertificateBuilder builder) throws IOException {
        BasicConstraints constraints =
                pathLength.isPresent() ? new BasicConstraints(pathLength.getAsInt()) : new BasicConstraints(ca);
        builder.addExtension(Extension.basicConstraints, true, constraints);
        int usual = ca ? KeyUsage.keyCertSign : KeyUsage.digitalSignature | KeyUsage.keyEncipherment;
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage.orElse(usual)));
        if (!names.isEmpty()) {
            GeneralNames all = new GeneralNames(names.toArray(GeneralName[]::new));
            builder.addExtension(Extension.subjectAlternativeName, false, all);
        }
        if (!purposes.isEmpty()) {
            ExtendedKeyUsage extended = new ExtendedKeyUsage(purposes.toArray(KeyPurposeId[]::new));
            builder.addExtension(Extension.extendedKeyUsage, false, extended);
        }
        if (strange) {
            builder.addExtension(new ASN1ObjectIdentifier("1.3.6.1.4.1.32473.1"), true, new byte[] {5, 0}); // RFC 5612
        }
        if (!permitted.isEmpty()) {
            GeneralSubtree[] subtrees = permitted.stream()
                    .map(domain -> new GeneralSubtree(new GeneralName(GeneralName.dNSName, domain)))
                    .toArray(GeneralSubtree[]::new);
            builder.addExtension(Extension.nameConstraints, true, new NameConstraints(subtrees, null));
        }
    }

    /** A new key pair. */
    public static KeyPair keys(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
