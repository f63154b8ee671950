/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.config;

import java.util.List;
import java.util.Optional;
import org.tlsward.policy.DomainMatch;
import org.tlsward.policy.TlsLevel;
import org.tlsward.policy.TlsVersion;

/**
 * A {@code <destination>} to be pasted into {@code tlsward.xml}.
 *
 * @param match which recipient domains
 * @param level the word
 * @param minimum the oldest TLS version, if one is named
 * @param names that the certificate must carry one of; none for those of the level
 * @param sha256 pinned certificates
 * @param forwardSecrecy demanded
 */
public record DestinationLine(
        DomainMatch match,
        TlsLevel level,
        Optional<TlsVersion> minimum,
        List<String> names,
        List<String> sha256,
        boolean forwardSecrecy) {

    /** Copies its arguments. */
    public DestinationLine {
        names = List.copyOf(names);
        sha256 = List.copyOf(sha256);
    }

    /** A level and nothing else. */
    public static DestinationLine of(DomainMatch match, TlsLevel level) {
        return new DestinationLine(match, level, Optional.empty(), List.of(), List.of(), false);
    }

    /** The same with a minimum. */
    public DestinationLine atLeast(Optional<TlsVersion> version) {
        return new DestinationLine(match, level, version, names, sha256, forwardSecrecy);
    }

    /** The same with names. */
    public DestinationLine named(List<String> certificateNames) {
        return new DestinationLine(match, level, minimum, certificateNames, sha256, forwardSecrecy);
    }

    /** The same with pins. */
    public DestinationLine pinned(List<String> digests) {
        return new DestinationLine(match, level, minimum, names, digests, forwardSecrecy);
    }

    /** The same with or without forward secrecy. */
    public DestinationLine forwardSecret(boolean demanded) {
        return new DestinationLine(match, level, minimum, names, sha256, demanded);
    }

    /** The element, on one line. */
    public String xml() {
        StringBuilder xml = new StringBuilder("<destination");
        attribute(xml, "match", match.toString());
        attribute(xml, "level", level.word());
        minimum.ifPresent(version -> attribute(xml, "minimum", version.protocol()));
        if (!names.isEmpty()) {
            attribute(xml, "names", String.join(" ", names));
        }
        if (!sha256.isEmpty()) {
            attribute(xml, "sha256", String.join(" ", sha256));
        }
        if (forwardSecrecy) {
            attribute(xml, "forwardSecrecy", "true");
        }
        return xml.append("/>").toString();
    }

    private static void attribute(StringBuilder xml, String name, String value) {
        xml.append(' ').append(name).append("=\"");
        xml.append(value.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;"));
        xml.append('"');
    }
}
