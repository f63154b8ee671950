/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.scenarios;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.tlsward.dane.DaneRecords;
import org.tlsward.dane.RollOver;
import org.tlsward.dane.TlsaSet;
import org.tlsward.dns.TlsaRecord;
import org.tlsward.testing.Identity;
import org.tlsward.testing.TestCa;
import org.tlsward.testing.TestCertificate;

/** The certificates of a row of {@link PostfixRow} and the records about them. Nobody trusts any of the CAs. */
final class PostfixServers {
    private static final Instant NOW = Instant.now();
    private static final Instant YESTERDAY = NOW.minus(Duration.ofDays(1));
    private static final TestCa CA = new TestCa(NOW);
    private static final TestCa OTHER_CA = new TestCa(NOW);
    private static final TestCa STRANGERS_CA = new TestCa(NOW);

    private final PostfixRow row;
    /** With everything up to the root, in this order, whether it is sent or not. */
    private final Identity full;
    /** Before a renewal or a move. */
    private final Identity old;

    private final List<TlsaRecord> records;

    PostfixServers(PostfixRow row) {
        this.row = row;
        this.old = below(CA.good(row.mxHost()), CA.root());
        this.full = make(row);
        this.records = makeRecords();
    }

    private static Identity make(PostfixRow row) {
        String host = row.mxHost();
        TestCertificate server = TestCertificate.server(NOW, host);
        return switch (row.server()) {
            case "good", "leaf only", "without root", "renewed" -> below(CA.good(host), CA.root());
            case "moved" -> below(OTHER_CA.good(host), OTHER_CA.root());
            case "self-signed" -> CA.selfSigned(host);
            case "expired" -> below(CA.expired(host), CA.root());
            case "for clients" -> below(CA.clientOnly(host), CA.root());
            case "other name" -> below(CA.good("other.example"), CA.root());
            case "name of the domain" -> below(CA.good(row.domain()), CA.root());
            case "name of the alias's target" -> below(CA.good(row.canonicalHost()), CA.root());
            case "common name only" -> below(CA.commonNameOnly(host), CA.root());
            case "wildcard" -> below(CA.good("*." + row.domain()), CA.root());
            case "expired CA" -> server.signedBy(
                    TestCertificate.ca("Old", NOW).valid(YESTERDAY, YESTERDAY).signedBy(root(NOW)));
            case "expired root" -> server.signedBy(
                    TestCertificate.ca("Between", NOW).signedBy(root(YESTERDAY)));
            default -> throw new IllegalArgumentException("unknown server \"" + row.server() + "\"");
        };
    }

    private static Identity root(Instant end) {
        return TestCertificate.ca("Root", NOW)
                .valid(end.minus(Duration.ofDays(365)), end.equals(NOW) ? NOW.plus(Duration.ofDays(365)) : end)
                .selfSigned();
    }

    private static Identity below(Identity server, X509Certificate root) {
        return new Identity(
                server.key(),
                Stream.concat(server.chain().stream(), Stream.of(root)).toList());
    }

    /** At the host. */
    List<TlsaRecord> records() {
        return records;
    }

    /** What the server shows. RFC 7672 §3.1.2: with DANE-TA a server sends its trust anchor too. */
    Identity shown() {
        int sent =
                switch (row.server()) {
                    case "leaf only" -> 1;
                    case "without root" -> 2;
                    default -> full.chain().size();
                };
        return new Identity(full.key(), full.chain().subList(0, sent));
    }

    private List<TlsaRecord> makeRecords() {
        List<TlsaRecord> own = DaneRecords.toPublish(shown().chain());
        List<TlsaRecord> before = DaneRecords.toPublish(old.chain());
        return switch (row.tlsa()) {
            case "-", "bogus" -> List.of();
            case "own" -> own;
            case "own + those of the next" -> {
                Identity next = below(OTHER_CA.good(row.mxHost()), OTHER_CA.root());
                yield joined(own, change(own, shown(), next).missing());
            }
            case "old" -> before;
            case "old + missing" -> joined(before, change(before, old, shown()).missing());
            case "old + missing - stale" -> {
                List<TlsaRecord> both =
                        joined(before, change(before, old, shown()).missing());
                yield both.stream()
                        .filter(record -> !change(both, old, shown()).stale().contains(record))
                        .toList();
            }
            default -> Stream.of(row.tlsa().split(", ", -1)).map(this::record).toList();
        };
    }

    private static List<TlsaRecord> joined(List<TlsaRecord> some, List<TlsaRecord> others) {
        List<TlsaRecord> all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }

    /** What is told to the one who has changed from the old certificate to the one that is shown. */
    RollOver change() {
        return change(records, old, shown());
    }

    private RollOver change(List<TlsaRecord> published, Identity from, Identity to) {
        return RollOver.judge(TlsaSet.of(published), from.chain(), to.chain(), names(), NOW);
    }

    /** That a certificate may bear (RFC 7672 §3.2.2). */
    private Set<String> names() {
        return new TreeSet<>(List.of(row.domain(), row.tlsaHost()));
    }

    private TlsaRecord record(String text) {
        String[] words = text.split(" ", -1);
        X509Certificate certificate =
                switch (words[3]) {
                    case "leaf" -> full.leaf();
                    case "CA" -> full.chain().get(1);
                    case "root" -> full.chain().get(2);
                    case "other" -> STRANGERS_CA.root();
                    default -> throw new IllegalArgumentException("unknown data in \"" + text + "\"");
                };
        TlsaRecord whole = DaneRecords.of(3, Integer.parseInt(words[1]), Integer.parseInt(words[2]), certificate);
        return new TlsaRecord(Integer.parseInt(words[0]), whole.selector(), whole.matching(), whole.data());
    }
}
