/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.scenarios;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tlsward.testing.Identity;
import org.tlsward.testing.SignedZones;

/** What is in DNS for all rows. */
final class ScenarioZones {
    private final int port;
    private final Map<String, StringBuilder> zones = new TreeMap<>();

    private ScenarioZones(int port) {
        this.port = port;
    }

    /** How a row is served. */
    interface Servers {
        Identity identity(Scenario row);

        X509Certificate root(Scenario row);

        String address(Scenario row);

        String policyHost(Scenario row, String policy);
    }

    /** Records by zone, as they are at first or as they are after policies were remembered. */
    static Map<String, StringBuilder> of(List<Scenario> rows, Servers servers, int port, boolean first) {
        ScenarioZones all = new ScenarioZones(port);
        for (String zone : List.of("signed.example", "plain.example", "bogus.example")) {
            all.zones.put(zone, new StringBuilder("@ A 192.0.2.1\n"));
        }
        rows.forEach(row -> all.add(row, servers, first));
        return all.zones;
    }

    static SignedZones start(Map<String, StringBuilder> zones) {
        return SignedZones.of()
                .signed("signed.example", zones.get("signed.example").toString())
                .unsigned("plain.example", zones.get("plain.example").toString())
                .bogus("bogus.example", zones.get("bogus.example").toString())
                .servfail("lame.example")
                .silent("silent.example")
                .start();
    }

    private void add(Scenario row, Servers servers, boolean first) {
        switch (row.mx()) {
            case "denied", "nxdomain", "via" -> {}
            case "null" -> record(row.domain(), "MX 0 .");
            case "alias-secure", "alias-insecure" -> {
                String target = "d.r" + row.row() + ".signed.example";
                record(row.domain(), "CNAME " + target + ".");
                record(target, "MX 10 " + row.mxHost() + ".");
            }
            default -> record(row.domain(), "MX 10 " + row.mxHost() + ".");
        }
        if (!row.mx().equals("nxdomain")) {
            record(row.canonicalHost(), "A " + servers.address(row));
        }
        if (row.isAlias()) {
            record(row.mxHost(), "CNAME " + row.canonicalHost() + ".");
        }
        tlsa(row, servers);
        mtaSts(row, servers, first);
    }

    private void tlsa(Scenario row, Servers servers) {
        for (String part : row.tlsa().split("; ", -1)) {
            String host = part.startsWith("original:") ? row.mxHost() : row.canonicalHost();
            String owner = "_" + port + "._tcp." + host;
            String records = part.replaceFirst("^(original|canonical): ", "");
            switch (records) {
                case "-" -> {}
                case "bogus", "servfail", "timeout" -> {
                    record(owner, "CNAME " + row.troubled(records) + ".");
                    if (records.equals("bogus")) {
                        record(row.troubled(records), "TLSA 3 1 1 " + "00".repeat(32));
                    }
                }
                default -> {
                    for (String record : records.split(", ", -1)) {
                        record(owner, "TLSA " + tlsa(record, row, servers));
                    }
                }
            }
        }
    }

    private static String tlsa(String text, Scenario row, Servers servers) {
        String[] words = text.split(" ", -1);
        String parameters = words[0] + " " + words[1] + " " + words[2] + " ";
        X509Certificate certificate = words[3].equals("root")
                ? servers.root(row)
                : servers.identity(row).leaf();
        try {
            byte[] selected = words[1].equals("0")
                    ? certificate.getEncoded()
                    : certificate.getPublicKey().getEncoded();
            byte[] data =
                    switch (words[2]) {
                        case "0" -> selected;
                        case "2" -> MessageDigest.getInstance("SHA-512").digest(selected);
                        default -> MessageDigest.getInstance("SHA-256").digest(selected);
                    };
            return parameters
                    + switch (words[3]) {
                        case "leaf", "root" -> HexFormat.of().formatHex(data);
                        case "other" -> "ab".repeat(data.length);
                        case "short" -> HexFormat.of().formatHex(data, 0, 20);
                        default -> throw new IllegalArgumentException("unknown data in \"" + text + "\"");
                    };
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void mtaSts(Scenario row, Servers servers, boolean first) {
        boolean earlier = !row.earlierPolicy().isEmpty();
        String policy = first && earlier ? row.earlierPolicy() : row.policyNow();
        String owner = "_mta-sts." + row.policyDomain();
        if (policy.equals("-")) {
            return;
        }
        record("mta-sts." + row.policyDomain(), "A " + servers.policyHost(row, policy));
        String id = first || !policy.startsWith("new id") ? "1" : "2";
        switch (policy) {
            case "txt-gone" -> record(owner, "TXT \"v=spf1 -all\"");
            case "txt-servfail" -> record(owner, "CNAME " + row.troubled("servfail") + ".");
            case "two-records" -> {
                record(owner, "TXT \"v=STSv1; id=1;\"");
                record(owner, "TXT \"v=STSv1; id=2;\"");
            }
            default -> record(owner, "TXT \"v=STSv1; \" \"id=" + id + ";\"");
        }
    }

    private void record(String owner, String data) {
        zones.forEach((zone, text) -> {
            if (owner.equals(zone) || owner.endsWith("." + zone)) {
                text.append(owner).append(". ").append(data).append('\n');
            }
        });
    }
}
