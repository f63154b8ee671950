/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.dane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tlsward.dane.DaneKit.HOST;
import static org.tlsward.dane.DaneKit.NOW;
import static org.tlsward.dane.DaneKit.assertMatch;
import static org.tlsward.dane.DaneKit.assertNoMatch;
import static org.tlsward.dane.DaneKit.record;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tlsward.testing.Identity;
import org.tlsward.testing.TestCertificate;

/** Paths from a server to a DANE-TA anchor: what is sent, what is missing, and what each certificate has to be. */
class DaneAnchorPathTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Identity ROOT = ca("Path Root").selfSigned();
    private static final Identity MIDDLE = ca("Path Middle").signedBy(ROOT);
    private static final Identity SERVER = server().signedBy(MIDDLE);

    private static TestCertificate ca(String name) {
        return TestCertificate.ca(name, NOW);
    }

    private static TestCertificate server() {
        return TestCertificate.server(NOW, HOST);
    }

    @Test
    void anchorShouldBeAnyIssuer() {
        assertMatch(SERVER.chain(), record(2, 1, 1, MIDDLE.leaf()));
        assertMatch(SERVER.chain(), record(2, 1, 1, ROOT.leaf()));
        assertMatch(List.of(SERVER.leaf(), MIDDLE.leaf()), record(2, 0, 1, MIDDLE.leaf()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void anchorMayBeMissingWhereDnsHasItWhole(int selector) {
        assertMatch(List.of(SERVER.leaf()), record(2, selector, 0, MIDDLE.leaf()));
        assertMatch(List.of(SERVER.leaf(), MIDDLE.leaf()), record(2, selector, 0, ROOT.leaf()));
        assertNoMatch("does not match", List.of(SERVER.leaf()), record(2, selector, 0, ROOT.leaf()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void anchorMayNotBeMissingWhereDnsHasADigest(int matching) {
        assertNoMatch("does not match", List.of(SERVER.leaf()), record(2, 0, matching, MIDDLE.leaf()));
        assertNoMatch("does not match", List.of(SERVER.leaf()), record(2, 1, matching, MIDDLE.leaf()));
    }

    @Test
    void chainMayComeInAnyOrderAndWithTooMuch() {
        List<X509Certificate> rest =
                new ArrayList<>(List.of(ROOT.leaf(), ca("Stray").selfSigned().leaf(), MIDDLE.leaf(), SERVER.leaf()));
        for (int turn = 0; turn < rest.size(); turn++) {
            Collections.rotate(rest, 1);
            List<X509Certificate> chain = new ArrayList<>(List.of(SERVER.leaf()));
            chain.addAll(rest);
            assertMatch(chain, record(2, 1, 1, ROOT.leaf()));
        }
        assertNoMatch("does not match", List.of(MIDDLE.leaf(), SERVER.leaf()), record(2, 1, 1, MIDDLE.leaf()));
    }

    @Test
    void strayCaShouldNotVouchForAServerOfAnother() {
        Identity stray = ca("Path Middle").selfSigned(); // the name of the issuer, another key
        assertNoMatch("does not match", List.of(SERVER.leaf(), stray.leaf()), record(2, 1, 1, stray.leaf()));
        assertNoMatch("does not match", List.of(SERVER.leaf()), record(2, 0, 0, stray.leaf()));
        assertNoMatch("does not match", List.of(SERVER.leaf()), record(2, 1, 0, stray.leaf()));
    }

    @Test
    void everyCertificateUpToTheAnchorShouldBeValidNow() {
        Identity old = ca("Old").valid(NOW.minus(DAY), NOW.minusSeconds(1)).signedBy(ROOT);
        Identity server = server().signedBy(old);
        assertNoMatch("\"CN=Old\" is valid from", server.chain(), record(2, 1, 1, ROOT.leaf()));
        assertNoMatch("\"CN=Old\" is valid from", server.chain(), record(2, 1, 1, old.leaf()));
        assertNoMatch("\"CN=Old\" is valid from", List.of(server.leaf()), record(2, 0, 0, old.leaf()));
        assertMatch(List.of(server.leaf()), record(2, 1, 0, old.leaf())); // a bare key has no dates
        Identity future = ca("Future").valid(NOW.plusSeconds(1), NOW.plus(DAY)).signedBy(ROOT);
        assertNoMatch("is valid from", server().signedBy(future).chain(), record(2, 1, 1, future.leaf()));
    }

    @Test
    void whatIsAboveTheAnchorShouldNotMatter() {
        Identity oldRoot =
                ca("Old Root").valid(NOW.minus(DAY), NOW.minusSeconds(1)).selfSigned();
        Identity middle = ca("Middle").signedBy(oldRoot);
        assertMatch(server().signedBy(middle).chain(), record(2, 1, 1, middle.leaf()));
    }

    @Test
    void onlyCasShouldIssue() {
        Identity other = TestCertificate.server(NOW, "other.example").signedBy(ROOT);
        Identity byServer = server().signedBy(other);
        assertNoMatch("is no CA", byServer.chain(), record(2, 1, 1, other.leaf()));
        assertNoMatch("is not valid", byServer.chain(), record(2, 1, 1, ROOT.leaf()));
        Identity signing = TestCertificate.server(NOW, "other.example")
                .usage(KeyUsage.keyCertSign)
                .signedBy(ROOT);
        assertNoMatch("is no CA", server().signedBy(signing).chain(), record(2, 1, 1, signing.leaf()));
        Identity cannotSign = ca("No Signing").usage(KeyUsage.cRLSign).signedBy(ROOT);
        assertNoMatch("is no CA", server().signedBy(cannotSign).chain(), record(2, 1, 1, cannotSign.leaf()));
        assertNoMatch("is not valid", server().signedBy(cannotSign).chain(), record(2, 1, 1, ROOT.leaf()));
    }

    @Test
    void pathLengthShouldBeKept() {
        Identity shortRoot = ca("Short Root").pathLength(0).selfSigned();
        Identity middle = ca("Middle").signedBy(shortRoot);
        assertMatch(server().signedBy(shortRoot).chain(), record(2, 1, 1, shortRoot.leaf()));
        assertNoMatch("allows a path of 0 CAs", server().signedBy(middle).chain(), record(2, 1, 1, shortRoot.leaf()));
        Identity shortMiddle = ca("Short Middle").pathLength(0).signedBy(ROOT);
        Identity below = ca("Below").signedBy(shortMiddle);
        assertNoMatch("is not valid", server().signedBy(below).chain(), record(2, 1, 1, ROOT.leaf()));
        assertMatch(server().signedBy(below).chain(), record(2, 1, 1, below.leaf()));
    }

    @Test
    void nameConstraintsShouldBeKept() {
        for (Identity limited : List.of(
                ca("Limited").permitted("other.example").signedBy(ROOT),
                ca("Limited").permitted("other.example").selfSigned())) {
            Identity server = server().signedBy(limited);
            assertNoMatch("outside of the name constraints", server.chain(), record(2, 1, 1, limited.leaf()));
            assertNoMatch("outside of the name", List.of(server.leaf()), record(2, 0, 0, limited.leaf()));
        }
        Identity limited = ca("Limited").permitted("other.example").signedBy(ROOT);
        assertNoMatch("is not valid", server().signedBy(limited).chain(), record(2, 1, 1, ROOT.leaf()));
        Identity allowed = ca("Allowed").permitted("example").signedBy(ROOT);
        assertMatch(server().signedBy(allowed).chain(), record(2, 1, 1, allowed.leaf()));
    }

    @Test
    void purposeShouldBeThatOfAServer() {
        Identity client = server().purposes(KeyPurposeId.id_kp_clientAuth).signedBy(ROOT);
        assertNoMatch("not for TLS servers", client.chain(), record(2, 1, 1, ROOT.leaf()));
        assertMatch(server().purposes().signedBy(ROOT).chain(), record(2, 1, 1, ROOT.leaf()));
        Identity lists = server().usage(KeyUsage.cRLSign).signedBy(ROOT);
        assertNoMatch("not for TLS servers", lists.chain(), record(2, 1, 1, ROOT.leaf()));
        Identity mailCa =
                ca("Mail").purposes(KeyPurposeId.id_kp_emailProtection).signedBy(ROOT);
        assertNoMatch("not for TLS servers", server().signedBy(mailCa).chain(), record(2, 1, 1, mailCa.leaf()));
        assertNoMatch("not for TLS servers", server().signedBy(mailCa).chain(), record(2, 1, 1, ROOT.leaf()));
        Identity serverCa = ca("Web").purposes(KeyPurposeId.id_kp_serverAuth).signedBy(ROOT);
        assertMatch(server().signedBy(serverCa).chain(), record(2, 1, 1, serverCa.leaf()));
    }

    @Test
    void pathShouldBeStrong() {
        Identity sha1 = ca("Weakly signed").digest("SHA1").signedBy(ROOT);
        assertNoMatch("signed with SHA1", server().signedBy(sha1).chain(), record(2, 1, 1, ROOT.leaf()));
        assertMatch(server().signedBy(sha1).chain(), record(2, 1, 1, sha1.leaf())); // trusted by the record
        assertNoMatch(
                "signed with SHA1", server().digest("SHA1").signedBy(MIDDLE).chain(), record(2, 1, 1, MIDDLE.leaf()));
        Identity small = ca("Small").key(TestCertificate.keys("RSA", 1024)).signedBy(ROOT);
        assertNoMatch("RSA key of 1024 bits", server().signedBy(small).chain(), record(2, 1, 1, small.leaf()));
        assertNoMatch("RSA key of 1024 bits", List.of(server().signedBy(small).leaf()), record(2, 1, 0, small.leaf()));
    }

    @Test
    void criticalExtensionShouldBeKnown() {
        Identity strange = ca("Strange").strange().signedBy(ROOT);
        assertNoMatch("unknown here", server().signedBy(strange).chain(), record(2, 1, 1, strange.leaf()));
        assertNoMatch("is not valid", server().signedBy(strange).chain(), record(2, 1, 1, ROOT.leaf()));
    }

    @Test
    void bareKeyShouldNotReplaceACertificateThatWasSent() {
        Identity shortRoot = ca("Short Root").pathLength(0).selfSigned();
        Identity server = server().signedBy(ca("Middle").signedBy(shortRoot));
        assertNoMatch("allows a path of 0 CAs", server.chain(), record(2, 1, 0, shortRoot.leaf()));
        assertMatch(server.chain().subList(0, 2), record(2, 1, 0, shortRoot.leaf()));
    }

    @Test
    void issuerShouldHaveTheNameToo() {
        KeyPair key = TestCertificate.keys("EC", 256);
        X509Certificate server =
                server().signedBy(ca("One").key(key).selfSigned()).leaf();
        X509Certificate other = ca("Two").key(key).selfSigned().leaf();
        assertNoMatch("does not match", List.of(server, other), record(2, 1, 1, other));
    }

    @Test
    void anotherWayShouldBeFoundWhereOneIsBarred() {
        KeyPair key = TestCertificate.keys("EC", 256);
        Identity old =
                ca("Cross").key(key).valid(NOW.minus(DAY), NOW.minusSeconds(1)).signedBy(ROOT);
        Identity fresh = ca("Cross").key(key).signedBy(ROOT);
        X509Certificate server = server().signedBy(fresh).leaf();
        assertMatch(List.of(server, old.leaf(), fresh.leaf(), ROOT.leaf()), record(2, 1, 1, ROOT.leaf()));
        assertMatch(List.of(server, old.leaf(), fresh.leaf()), record(2, 1, 1, fresh.leaf()));
    }

    @Test
    void chainOfTwentyShouldBeClimbed() {
        Identity top = ca("Top").selfSigned();
        Identity lowest = top;
        for (int depth = 0; depth < 18; depth++) {
            lowest = ca("Step " + depth).signedBy(lowest);
        }
        Identity server = server().signedBy(lowest);
        assertThat(server.chain()).hasSize(20);
        assertMatch(server.chain(), record(2, 1, 1, top.leaf()));
    }

    /** Twenty certificates of one name and one key are each other's issuers: more paths than there are atoms. */
    @Test
    void loopsShouldBeBounded() {
        KeyPair key = TestCertificate.keys("EC", 256);
        List<X509Certificate> chain = new ArrayList<>();
        Identity one = ca("Loop").key(key).selfSigned();
        chain.add(server().signedBy(one).leaf());
        for (int i = 0; i < 19; i++) {
            chain.add(ca("Loop").key(key).selfSigned().leaf());
        }
        assertNoMatch("more than 200 signatures", chain, DaneKit.foreign(2, 1, 1));
        assertMatch(chain, record(2, 1, 1, one.leaf()));
        assertNoMatch("more than 32 certificates", repeated(SERVER.leaf(), 1000), record(2, 1, 1, MIDDLE.leaf()));
        assertNoMatch("more than 32 certificates", late(MIDDLE.leaf()), record(2, 1, 1, MIDDLE.leaf()));
    }

    private static List<X509Certificate> repeated(X509Certificate certificate, int times) {
        return new ArrayList<>(Collections.nCopies(times, certificate));
    }

    private static List<X509Certificate> late(X509Certificate last) {
        List<X509Certificate> chain = repeated(SERVER.leaf(), 32);
        chain.add(last);
        return chain;
    }
}
