/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.scenarios;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A row of {@code docs/scenarios.md}, which explains the columns.
 *
 * @param row its number
 * @param mx how DNS answers for the MX records
 * @param host the same for the addresses of the MX host
 * @param tlsa the records of that host
 * @param mtaSts the policy
 * @param server its certificate
 * @param level of the recipient's class
 * @param outcome what has to follow
 */
record Scenario(
        int row, String mx, String host, String tlsa, String mtaSts, String server, String level, String outcome) {
    private static final String HEADER = "| row | MX | host |";

    static List<Scenario> read(Path page) {
        try {
            String text = Files.readString(page);
            return Arrays.stream(text.substring(text.indexOf(HEADER)).split("\n", -1))
                    .skip(2)
                    .takeWhile(line -> line.startsWith("|"))
                    .map(Scenario::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Scenario of(String line) {
        String[] cells = line.strip().split("\\s*\\|\\s*", -1);
        if (cells.length != 11 || cells[9].isEmpty()) {
            throw new IllegalArgumentException("a row of another width, or without a section: " + line);
        }
        return new Scenario(
                Integer.parseInt(cells[1]), cells[2], cells[3], cells[4], cells[5], cells[6], cells[7], cells[8]);
    }

    /** Below which zone a column means. */
    private static String zone(String security) {
        return switch (security) {
            case "secure", "alias-secure", "denied", "null", "nxdomain", "via" -> "signed.example";
            case "insecure", "alias-insecure" -> "plain.example";
            case "bogus" -> "bogus.example";
            case "servfail" -> "lame.example";
            case "timeout" -> "silent.example";
            default -> throw new IllegalArgumentException("unknown word \"" + security + "\"");
        };
    }

    /** Of the recipient. */
    String domain() {
        return "r" + row + "." + zone(mx);
    }

    /** The MX host as the MX record names it; without one the domain, and with a smart host that. */
    String mxHost() {
        return mx.equals("denied") ? domain() : "mx.r" + row + "." + zone(host.split(">", -1)[0]);
    }

    boolean isAlias() {
        return host.contains(">");
    }

    /** Where the addresses are. */
    String canonicalHost() {
        return isAlias() ? "h.r" + row + "." + zone(host.split(">", -1)[1]) : mxHost();
    }

    /** A name whose look-up goes wrong like that. */
    String troubled(String security) {
        return "t.r" + row + "." + zone(security);
    }

    /** Where {@code _mta-sts} and {@code mta-sts} are asked for (RFC 8461 §3.4). */
    String policyDomain() {
        return mx.equals("via") ? mxHost() : domain();
    }

    /** The policy that was there earlier; empty if none was. */
    String earlierPolicy() {
        return mtaSts.startsWith("cached ") ? mtaSts.substring("cached ".length(), mtaSts.indexOf(';')) : "";
    }

    /** What is there now. */
    String policyNow() {
        return mtaSts.startsWith("cached ")
                ? mtaSts.substring(mtaSts.indexOf(';') + 1).strip()
                : mtaSts;
    }

    @Override
    public String toString() {
        return "row " + row + ": MX " + mx + ", host " + host + ", TLSA " + tlsa + ", MTA-STS " + mtaSts + ", server "
                + server + ", level " + level + " -> " + outcome;
    }
}
