/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.testing;

import java.util.List;

/**
 * What a client sent over one connection, taken apart by what stands on the wire and not by what anybody says about it: everything up
 * to the first octet that can begin a TLS record is cleartext, everything after it has to be TLS records.
 *
 * @param cleartext the part before the ClientHello
 * @param recordOctets octets of whole or begun TLS records
 * @param applicationOctets octets of those that carry data of the application, or look like it (TLS 1.3 hides the type)
 */
public record WireBytes(String cleartext, int recordOctets, int applicationOctets) {
    private static final char HANDSHAKE = 22; // RFC 8446 §5.1
    private static final char APPLICATION_DATA = 23;
    private static final int HEADER = 5;
    private static final List<String> HARMLESS = List.of("EHLO client.example\r\n", "STARTTLS\r\n", "QUIT\r\n");

    /** Takes a connection apart. */
    public static WireBytes of(PeerRecord record) {
        String wire = record.wire();
        int begin = wire.indexOf(HANDSHAKE);
        if (begin < 0) {
            return new WireBytes(wire, 0, 0);
        }
        int application = 0;
        int at = begin;
        while (at + HEADER <= wire.length()) {
            char type = wire.charAt(at);
            if (type < 20 || type > APPLICATION_DATA || wire.charAt(at + 1) != 3) {
                throw new AssertionError("no TLS record at octet " + at + " of " + wire.length());
            }
            int length = wire.charAt(at + 3) << 8 | wire.charAt(at + 4);
            application += type == APPLICATION_DATA ? length : 0;
            at += HEADER + length;
        }
        return new WireBytes(wire.substring(0, begin), wire.length() - begin, application);
    }

    /** The octets in cleartext that are more than EHLO, STARTTLS and QUIT: envelope and message, or whatever else should not be there. */
    public int tellingOctets() {
        String rest = cleartext;
        for (String command : HARMLESS) {
            rest = rest.replace(command, "");
        }
        return rest.length();
    }
}
