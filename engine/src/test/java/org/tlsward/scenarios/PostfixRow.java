/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.scenarios;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A row of the table that we and Postfix judge, in {@code docs/scenarios.md}, which explains the columns.
 *
 * @param row its name
 * @param dns what is special in DNS
 * @param server the certificate and what is sent with it
 * @param tlsa the records
 * @param daneOnly what becomes of mail of ours at that level
 * @param may the same at that level
 * @param postfix the verdict of Postfix
 * @param why it is not ours at {@code dane-only}; {@code -} if it is
 */
record PostfixRow(
        String row, String dns, String server, String tlsa, String daneOnly, String may, String postfix, String why) {
    private static final String HEADER = "| row | DNS | server |";

    static List<PostfixRow> read(Path page) {
        try {
            String text = Files.readString(page);
            return Arrays.stream(text.substring(text.indexOf(HEADER)).split("\n", -1))
                    .skip(2)
                    .takeWhile(line -> line.startsWith("|"))
                    .map(PostfixRow::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PostfixRow of(String line) {
        String[] cells = line.strip().split("\\s*\\|\\s*", -1);
        if (cells.length != 10 || cells[8].isEmpty()) {
            throw new IllegalArgumentException("a row of another width: " + line);
        }
        return new PostfixRow(cells[1], cells[2], cells[3], cells[4], cells[5], cells[6], cells[7], cells[8]);
    }

    /** Of the recipient. */
    String domain() {
        return row + (dns.equals("insecure MX") ? ".plain.example" : ".signed.example");
    }

    /** As the MX record names it; without one the domain. */
    String mxHost() {
        return dns.equals("no MX")
                ? domain()
                : "mx." + row + (dns.equals("insecure host") ? ".plain.example" : ".signed.example");
    }

    boolean isAlias() {
        return dns.startsWith("host is an alias");
    }

    /** Where the addresses are. */
    String canonicalHost() {
        return isAlias()
                ? "h." + row + (dns.endsWith("into an insecure zone") ? ".plain.example" : ".signed.example")
                : mxHost();
    }

    /** Where the TLSA records are. */
    String tlsaHost() {
        return dns.endsWith("to another name") ? canonicalHost() : mxHost();
    }

    /** True if Postfix thinks as we do. */
    boolean isAgreed() {
        return switch (daneOnly) {
            case "delivered" -> postfix.equals("verified");
            case "dane-mismatch" -> postfix.equals("refused");
            case "dane-required" -> !postfix.equals("verified") && !postfix.equals("error");
            case "dnssec-failed" -> postfix.equals("error");
            default -> throw new IllegalArgumentException("unknown outcome \"" + daneOnly + "\"");
        };
    }

    /** Of the address. */
    int number() {
        return Integer.parseInt(row.substring(1));
    }

    @Override
    public String toString() {
        return row + ": DNS " + dns + ", server " + server + ", TLSA " + tlsa + " -> " + daneOnly + ", " + may
                + ", Postfix " + postfix;
    }
}
