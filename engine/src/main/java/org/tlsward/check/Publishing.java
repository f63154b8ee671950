/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.check;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.tlsward.check.Report.Block;
import org.tlsward.dane.DaneRecords;
import org.tlsward.tlsrpt.ReportUri;

/**
 * What a domain should publish: pure text.
 *
 * @param domain that mail is for
 * @param hosts its MX hosts
 * @param port where they listen
 * @param contact where reports go, a mail address
 */
record Publishing(String domain, List<OwnHost> hosts, int port, String contact) {
    private static final int ID_DIGITS = 20; // RFC 8461 §3.1: at most 32
    private static final String PATH = "/.well-known/mta-sts.txt";

    /** One line for each TLSA record of each host. */
    Block tlsa() {
        List<String> lines = new ArrayList<>();
        for (OwnHost host : hosts) {
            DaneRecords.toPublish(host.chain())
                    .forEach(record -> lines.add("_" + port + "._tcp." + host.name() + ". IN TLSA " + record));
        }
        return new Block("TLSA, in the zones of the hosts, which must be signed", lines);
    }

    /** RFC 8461 §8.1: the policy file first, or senders remember the old one under the new id. */
    Block stsRecord() {
        return new Block(
                "MTA-STS, in the zone of " + domain + ", after the policy file; the id changes with the policy",
                List.of("_mta-sts." + domain + ". IN TXT \"v=STSv1; id=" + id() + ";\""));
    }

    Block reportRecord() {
        return new Block(
                "TLS reports, in the zone of " + domain,
                List.of("_smtp._tls." + domain + ". IN TXT \"v=TLSRPTv1; rua=" + new ReportUri.Mailto(contact).text()
                        + "\""));
    }

    Block policyFile() {
        return new Block("https://mta-sts." + domain + PATH, policy());
    }

    /** Enforced only where every host would be met by senders who obey it. */
    List<String> policy() {
        boolean fit = !hosts.isEmpty() && hosts.stream().allMatch(OwnHost::isFitForEnforce);
        List<String> lines = new ArrayList<>();
        lines.add("version: STSv1");
        lines.add("mode: " + (fit ? "enforce" : "testing"));
        hosts.forEach(host -> lines.add("mx: " + host.name()));
        lines.add("max_age: " + (fit ? "1209600" : "86400"));
        return lines;
    }

    private String id() {
        try {
            byte[] text = String.join("\n", policy()).getBytes(StandardCharsets.UTF_8);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
            return HexFormat.of().formatHex(digest).substring(0, ID_DIGITS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no SHA-256", e);
        }
    }

    /** For whichever web server there is; each gets its certificate as it always does. */
    List<Block> webServers() {
        String host = "mta-sts." + domain;
        String content = String.join("\\r\\n", policy()) + "\\r\\n";
        return List.of(
                new Block(
                        "nginx",
                        List.of(
                                "server {",
                                "    listen 443 ssl;",
                                "    server_name " + host + ";",
                                "    location = " + PATH + " {",
                                "        default_type text/plain;",
                                "        return 200 \"" + content + "\";",
                                "    }",
                                "}")),
                new Block("Caddy", caddy(host)),
                new Block(
                        "Apache, with the policy file as /var/www/" + host + "/mta-sts.txt",
                        List.of(
                                "<VirtualHost *:443>",
                                "    ServerName " + host,
                                "    SSLEngine on",
                                "    Alias " + PATH + " /var/www/" + host + "/mta-sts.txt",
                                "    <Directory /var/www/" + host + ">",
                                "        ForceType text/plain",
                                "        Require all granted",
                                "    </Directory>",
                                "</VirtualHost>")));
    }

    private List<String> caddy(String host) {
        List<String> lines = new ArrayList<>();
        lines.add(host + " {");
        lines.add("    header " + PATH + " Content-Type text/plain");
        lines.add("    respond " + PATH + " <<POLICY");
        policy().forEach(line -> lines.add("        " + line));
        lines.add("        POLICY 200");
        lines.add("}");
        return lines;
    }
}
