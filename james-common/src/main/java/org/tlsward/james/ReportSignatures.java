/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james;

import com.google.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.james.jdkim.DKIMVerifier;
import org.apache.james.jdkim.api.PublicKeyRecord;
import org.apache.james.jdkim.api.SignatureRecord;
import org.apache.james.jdkim.exceptions.FailException;
import org.apache.james.jdkim.exceptions.PermFailException;
import org.apache.james.jdkim.exceptions.TempFailException;
import org.tlsward.dns.DnsAnswer;

/**
 * Finds out which domains have signed a mail (DKIM, RFC 6376): a TLS report that came by mail without a valid signature of the reporting
 * domain is ignored (RFC 8460 §3). On a server with a Turkish or Azeri locale the library verifies no relaxed signature of a field with a
 * capital I ({@code -Duser.language=en} helps). Knows RSA only, as the library does: a mail that is signed by Ed25519 alone counts as unsigned.
 *
 * <p>Asks DNS, so not for the thread of a mail: at most {@value #MOST_SIGNATURES} questions.
 */
public final class ReportSignatures {
    private static final int MOST_SIGNATURES = 4;

    /** RFC 8301 §3.2. */
    private static final int FEWEST_BITS = 1024;

    /**
     * RFC 6376 §3.6.1: a key that is for other services only does not count. RFC 8460 §3 asks for {@code tlsrpt} and leaves it to us to
     * insist; a report that comes by mail is electronic mail too.
     */
    private static final Set<String> SERVICES = Set.of("*", "email", "tlsrpt");

    private final Function<String, DnsAnswer<String>> txt;

    /** Guice calls this. Insecure answers do, as everywhere with DKIM (RFC 6376 §8.5). */
    @Inject
    public ReportSignatures(ServerFacts facts) {
        this(facts::txt);
    }

    /** With another way to look up TXT records. */
    public ReportSignatures(Function<String, DnsAnswer<String>> txt) {
        this.txt = txt;
    }

    /** What is known of the signatures of a mail. */
    public sealed interface Verdict {}

    /**
     * There are valid ones.
     *
     * @param domains that have signed the whole body, in lower case
     */
    public record Signed(Set<String> domains) implements Verdict {
        /** Copies its argument. */
        public Signed {
            domains = Set.copyOf(domains);
        }

        /** True if that domain, or one that it is below of, has signed: either speaks for it. */
        public boolean speaksFor(String domain) {
            String name = domain.toLowerCase(Locale.ROOT);
            return domains.stream().anyMatch(signer -> name.equals(signer) || name.endsWith("." + signer));
        }
    }

    /**
     * There is none that counts.
     *
     * @param why for the log
     */
    public record Unsigned(String why) implements Verdict {}

    /** Looks at every signature of a mail, as it came over the wire. Never throws. */
    public Verdict of(byte[] message) {
        try {
            List<SignatureRecord> valid = new Verifier(txt).verify(new ByteArrayInputStream(message));
            if (valid == null || valid.isEmpty()) {
                return new Unsigned("it has no DKIM signature");
            }
            return new Signed(valid.stream()
                    .map(signature -> signature.getDToken().toString().toLowerCase(Locale.ROOT))
                    .collect(Collectors.toSet()));
        } catch (FailException | IOException | RuntimeException | StackOverflowError e) {
            return new Unsigned("no DKIM signature of it is valid: " + e.getMessage());
        }
    }

    /** One mail; counts its signatures. */
    private static final class Verifier extends DKIMVerifier {
        private int signatures;

        Verifier(Function<String, DnsAnswer<String>> txt) {
            super((method, selector, domain) -> keys(txt, selector + "._domainkey." + domain));
        }

        private static List<String> keys(Function<String, DnsAnswer<String>> txt, String name)
                throws TempFailException, PermFailException {
            DnsAnswer<String> answer = txt.apply(name);
            if (answer instanceof DnsAnswer.Found<String> found) {
                return found.records();
            }
            if (answer instanceof DnsAnswer.Failed<String> failed) {
                throw new TempFailException("no answer for " + name + ": " + failed.why());
            }
            throw new PermFailException("there is no key at " + name);
        }

        @Override
        public SignatureRecord newSignatureRecord(String record) {
            if (++signatures > MOST_SIGNATURES) {
                throw new IllegalStateException("more than " + MOST_SIGNATURES + " signatures");
            }
            SignatureRecord signature = super.newSignatureRecord(record);
            // RFC 8460 §3: with l= others could append to the report.
            if (signature.getBodyHashLimit() >= 0) {
                throw new IllegalStateException("it covers a part of the body only (l=)");
            }
            // RFC 8301 §3.1: a signature by SHA-1 is none.
            if (!"sha256".contentEquals(signature.getHashMethod())) {
                throw new IllegalStateException("unsupported hash (expected: sha256)");
            }
            return signature;
        }

        @Override
        protected PublicKeyRecord newPublicKeyRecord(String record) {
            boolean forReports = Arrays.stream(record.split(";"))
                    .map(String::strip)
                    .filter(tag -> tag.matches("s\\s*=.*"))
                    .allMatch(tag -> Arrays.stream(
                                    tag.substring(tag.indexOf('=') + 1).split(":"))
                            .map(String::strip)
                            .anyMatch(SERVICES::contains));
            if (!forReports) {
                throw new IllegalStateException("the key is for other services (expected: s=tlsrpt)");
            }
            return super.newPublicKeyRecord(record);
        }

        @Override
        public PublicKeyRecord publicRecordLookup(SignatureRecord signature)
                throws TempFailException, PermFailException {
            PublicKeyRecord key = super.publicRecordLookup(signature);
            // RFC 6376 §3.6.1: in testing mode as if it were not signed.
            if (key.isTesting()) {
                throw new PermFailException("the key is for tests (t=y)");
            }
            PublicKey publicKey = key.getPublicKey();
            if (!(publicKey instanceof RSAPublicKey rsa) || rsa.getModulus().bitLength() < FEWEST_BITS) {
                throw new PermFailException("the key is too short (expected: RSA of " + FEWEST_BITS + " bits)");
            }
            return key;
        }
    }
}
