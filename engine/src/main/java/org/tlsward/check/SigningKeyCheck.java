/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.tlsward.check.Report.SectionBuilder;
import org.tlsward.config.TlsReportSettings.Signing;
import org.tlsward.dns.DnsAnswer;
import org.tlsward.dns.DnsAnswer.Failed;
import org.tlsward.dns.DnsAnswer.Found;
import org.tlsward.dns.HostLookup;

/** Whether the key that signs our TLS reports is published: without that nobody reads them (RFC 8460 §3). */
final class SigningKeyCheck {
    private static final String STEP = "DKIM";

    private final HostLookup lookup;
    private final Signing signing;

    SigningKeyCheck(HostLookup lookup, Signing signing) {
        this.lookup = lookup;
        this.signing = signing;
    }

    void row(SectionBuilder section) {
        String name = signing.selector() + "._domainkey." + signing.domain();
        DnsAnswer<String> answer = lookup.txt(name);
        if (answer instanceof Failed<String> failed) {
            section.row(Mark.UNKNOWN, STEP, name + ": " + failed.why());
        } else if (answer instanceof Found<String> found) {
            judged(section, name, tags(found.records().get(0)));
        } else {
            section.row(
                    Mark.FAIL,
                    STEP,
                    name + ": no TXT record",
                    "publish the public half of dkimKey there, with v=DKIM1 and s=tlsrpt: nobody reads our reports until then");
        }
    }

    private void judged(SectionBuilder section, String name, Map<String, String> tags) {
        Optional<String> fault = fault(tags.getOrDefault("p", ""));
        // RFC 8460 §3: without the service type receivers may ignore the report; RFC 6376 §3.6.1: "*" is any.
        boolean forReports =
                Arrays.asList(tags.getOrDefault("s", "").split(":", -1)).contains("tlsrpt");
        if (fault.isPresent()) {
            section.row(Mark.FAIL, STEP, name + ": " + fault.get(), "publish the public half of dkimKey there");
        } else if (forReports) {
            section.row(Mark.OK, STEP, name + ": the key that signs our reports");
        } else {
            section.row(
                    Mark.WARNING,
                    STEP,
                    name + ": without s=tlsrpt, and who reads reports may ignore ours",
                    "add s=tlsrpt");
        }
    }

    private Optional<String> fault(String published) {
        try {
            byte[] octets = Base64.getDecoder().decode(published);
            RSAPublicKey key =
                    (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(octets));
            return isOurs(key) ? Optional.empty() : Optional.of("another key than that of " + signing.key());
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.of("p= is no RSA key");
        } catch (IOException e) {
            return Optional.of(signing.key() + " cannot be read: " + e.getMessage());
        }
    }

    /** Each form of a private key (PKCS#1, PKCS#8) holds the modulus as it stands in the public one. */
    private boolean isOurs(RSAPublicKey key) throws IOException {
        String text =
                Files.readString(signing.key(), StandardCharsets.ISO_8859_1).replaceAll("-----[^-]*-----", "");
        HexFormat hex = HexFormat.of();
        String own = hex.formatHex(Base64.getMimeDecoder().decode(text));
        return own.contains(hex.formatHex(key.getModulus().toByteArray()));
    }

    /** RFC 6376 §3.2: a list of tag=value; blanks in the value of p= mean nothing. */
    private static Map<String, String> tags(String record) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (String tag : record.split(";", -1)) {
            String[] both = tag.split("=", 2);
            if (both.length == 2) {
                tags.putIfAbsent(both[0].strip(), both[1].replaceAll("\\s", ""));
            }
        }
        return tags;
    }
}
