/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.dane;

import static org.tlsward.dane.DaneKit.HOST;
import static org.tlsward.dane.DaneKit.NOW;
import static org.tlsward.dane.DaneKit.foreign;
import static org.tlsward.dane.DaneKit.record;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.tlsward.dns.TlsaRecord;
import org.tlsward.testing.Identity;
import org.tlsward.testing.TestCa;
import org.tlsward.testing.TestCertificate;

/** The rows of {@link OpenSslAgreementTest}. */
final class OpenSslRows {
    private static final Instant YESTERDAY = NOW.minus(Duration.ofDays(1));

    private final TestCa ca = new TestCa(NOW);
    private final Identity root = TestCertificate.ca("Row Root", NOW).selfSigned();
    private final Identity middle = TestCertificate.ca("Row Middle", NOW).signedBy(root);
    private final Identity server = TestCertificate.server(NOW, HOST).signedBy(middle);
    private final TlsaRecord byRoot = record(2, 1, 1, root.leaf());
    private final TlsaRecord byMiddle = record(2, 1, 1, middle.leaf());
    private final TlsaRecord byKey = record(3, 1, 1, server.leaf());
    private final TlsaRecord byCa = record(2, 1, 1, ca.intermediate());
    private final List<Row> rows = new ArrayList<>();

    /**
     * A server before both.
     *
     * @param name what is special
     * @param server whose key it is
     * @param shown the certificates in the order in which they are sent
     * @param records in DNS
     * @param expected what we say
     * @param whyWeDiffer empty if OpenSSL says the same
     */
    record Row(
            String name,
            Identity server,
            List<X509Certificate> shown,
            List<TlsaRecord> records,
            boolean expected,
            String whyWeDiffer) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Row> all() {
        OpenSslRows kit = new OpenSslRows();
        kit.addRecords();
        kit.addServers();
        kit.addMissingAnchors();
        kit.addPaths();
        kit.addDifferences();
        return kit.rows;
    }

    private void yes(String name, Identity identity, TlsaRecord... records) {
        rows.add(new Row(name, identity, identity.chain(), List.of(records), true, ""));
    }

    private void no(String name, Identity identity, TlsaRecord... records) {
        rows.add(new Row(name, identity, identity.chain(), List.of(records), false, ""));
    }

    /** We do not take what OpenSSL takes. */
    private void differ(String name, Identity identity, TlsaRecord record, String why) {
        rows.add(new Row(name, identity, identity.chain(), List.of(record), false, why));
    }

    private static Identity showing(Identity identity, X509Certificate... shown) {
        return new Identity(identity.key(), List.of(shown));
    }

    private void addRecords() {
        for (int selector = 0; selector <= 1; selector++) {
            for (int matching = 0; matching <= 2; matching++) {
                yes("3 " + selector + " " + matching, server, record(3, selector, matching, server.leaf()));
                yes("2 " + selector + " " + matching, server, record(2, selector, matching, middle.leaf()));
                no("foreign 3 " + selector + " " + matching, server, foreign(3, selector, matching));
                no("foreign 2 " + selector + " " + matching, server, foreign(2, selector, matching));
            }
        }
        yes("the root as the anchor", server, byRoot);
        yes("roll-over: one of two matches", server, foreign(3, 1, 1), byKey);
        no("the issuer as DANE-EE", server, record(3, 1, 1, middle.leaf()));
        no("the server as DANE-TA", server, record(2, 1, 1, server.leaf()));
        no("digest agility: the stronger one is foreign", server, byKey, foreign(3, 1, 2));
        yes("digest agility: the stronger one matches", server, foreign(3, 1, 1), record(3, 1, 2, server.leaf()));
        yes("digest agility: another selector", server, byKey, foreign(3, 0, 2));
    }

    private void addServers() {
        no("DANE-TA, expired", ca.expired(HOST), byCa);
        no("DANE-TA, not yet valid", ca.notYetValid(HOST), byCa);
        no("DANE-TA, another name", ca.good("other.example"), byCa);
        yes("DANE-TA, a wildcard", ca.good("*.example.org", "mx.example"), byCa);
        no("DANE-TA, a wildcard of two labels", ca.good("*.mx.example"), byCa);
        no("DANE-TA, for clients", ca.clientOnly(HOST), byCa);
        no("DANE-TA, RSA 1024", ca.weakKey(HOST), byCa);
        for (Identity identity :
                List.of(ca.expired(HOST), ca.notYetValid(HOST), ca.good("other.example"), ca.clientOnly(HOST))) {
            yes("DANE-EE of what DANE-TA refuses", identity, record(3, 1, 1, identity.leaf()));
        }
        Identity self = ca.selfSigned(HOST);
        yes("DANE-EE, self-signed", self, record(3, 1, 1, self.leaf()));
        Identity expired = ca.expired(HOST);
        yes("DANE-EE matches, DANE-TA fails", expired, record(3, 1, 1, expired.leaf()), byCa);
    }

    private void addMissingAnchors() {
        Identity alone = showing(server, server.leaf());
        yes("2 0 0 not sent", alone, record(2, 0, 0, middle.leaf()));
        yes("2 1 0 not sent", alone, record(2, 1, 0, middle.leaf()));
        no("2 0 1 not sent", alone, record(2, 0, 1, middle.leaf()));
        no("2 1 1 not sent", alone, byMiddle);
        yes("2 0 0 of the root, not sent", showing(server, server.leaf(), middle.leaf()), record(2, 0, 0, root.leaf()));
        yes("2 1 0 of the root, not sent", showing(server, server.leaf(), middle.leaf()), record(2, 1, 0, root.leaf()));
        Identity old =
                TestCertificate.ca("Old", NOW).valid(YESTERDAY, YESTERDAY).signedBy(root);
        Identity below = TestCertificate.server(NOW, HOST).signedBy(old);
        yes("2 1 0 of an expired CA, not sent", showing(below, below.leaf()), record(2, 1, 0, old.leaf()));
        String dates = "RULES §4: dates are enforced; OpenSSL looks at those of an anchor only if it is self-signed";
        differ("2 0 0 of an expired CA, not sent", showing(below, below.leaf()), record(2, 0, 0, old.leaf()), dates);
        differ("2 1 1 of an expired CA", below, record(2, 1, 1, old.leaf()), dates);
        differ("2 1 0 of an expired CA that is sent", below, record(2, 1, 0, old.leaf()), dates);
        Identity oldRoot =
                TestCertificate.ca("Old", NOW).valid(YESTERDAY, YESTERDAY).selfSigned();
        Identity belowRoot = TestCertificate.server(NOW, HOST).signedBy(oldRoot);
        no("2 1 1 of an expired root", belowRoot, record(2, 1, 1, oldRoot.leaf()));
        no("2 1 0 of an expired root that is sent", belowRoot, record(2, 1, 0, oldRoot.leaf()));
        no("2 0 0 of an expired root, not sent", showing(belowRoot, belowRoot.leaf()), record(2, 0, 0, oldRoot.leaf()));
        no("an expired CA below the anchor", below, byRoot);
    }

    private void addPaths() {
        Identity stray = TestCertificate.ca("Stray", NOW).selfSigned();
        yes("another order", showing(server, server.leaf(), root.leaf(), stray.leaf(), middle.leaf()), byRoot);
        TestCertificate leaf = TestCertificate.server(NOW, HOST);
        Identity shortRoot = TestCertificate.ca("Short", NOW).pathLength(0).selfSigned();
        Identity tooLong = leaf.signedBy(TestCertificate.ca("Between", NOW).signedBy(shortRoot));
        no("path length of the anchor", tooLong, record(2, 1, 1, shortRoot.leaf()));
        Identity limited =
                TestCertificate.ca("Limited", NOW).permitted("other.example").signedBy(root);
        no("name constraints of the anchor", leaf.signedBy(limited), record(2, 1, 1, limited.leaf()));
        no("name constraints of the anchor, 2 1 0", leaf.signedBy(limited), record(2, 1, 0, limited.leaf()));
        no("name constraints below the anchor", leaf.signedBy(limited), byRoot);
        Identity noCa = TestCertificate.server(NOW, "other.example").signedBy(root);
        no("an anchor that is no CA", leaf.signedBy(noCa), record(2, 1, 1, noCa.leaf()));
        Identity mail = TestCertificate.ca("Mail", NOW)
                .purposes(KeyPurposeId.id_kp_emailProtection)
                .signedBy(root);
        no("a CA for e-mail", leaf.signedBy(mail), byRoot);
        no("signed with SHA-1", TestCertificate.server(NOW, HOST).digest("SHA1").signedBy(middle), byMiddle);
        Identity weakly = TestCertificate.ca("Weakly", NOW).digest("SHA1").signedBy(root);
        yes("an anchor signed with SHA-1", leaf.signedBy(weakly), record(2, 1, 1, weakly.leaf()));
        Identity oldRoot =
                TestCertificate.ca("Old Root", NOW).valid(YESTERDAY, YESTERDAY).selfSigned();
        Identity fresh = TestCertificate.ca("Fresh", NOW).signedBy(oldRoot);
        yes("an expired root above the anchor", leaf.signedBy(fresh), record(2, 1, 1, fresh.leaf()));
    }

    private void addDifferences() {
        Identity self = ca.selfSigned(HOST);
        no("2 1 1 of a self-signed server", self, record(2, 1, 1, self.leaf()));
        no("2 0 0 of a self-signed server", self, record(2, 0, 0, self.leaf()));
        differ(
                "2 1 0 of a self-signed server",
                self,
                record(2, 1, 0, self.leaf()),
                "RULES §4: the anchor stands above the server; OpenSSL counts the key in DNS as one above");
        differ(
                "DANE-TA, the name in the subject only",
                ca.commonNameOnly(HOST),
                byCa,
                "RULES §9: the common name never counts");
        no("DANE-TA, a wildcard for a part of a label", ca.good("m*.example"), byCa);
    }
}
