/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.classes;

import java.util.ArrayList;
import java.util.List;

/**
 * A glob over addresses. It is matched against the canonical address, so it is brought into that form too: lower case, A-labels. A label
 * with wildcards has no A-label, so the domain is matched in both its forms: {@code *@*.klinik-m?nchen.example} works.
 *
 * @param localPart what the local part has to match
 * @param domain what the domain with A-labels has to match
 * @param unicodeDomain what the domain with U-labels may match instead
 * @param tail the labels at the end of {@code domain} without wildcards: an address of another domain need not be tried
 */
record AddressPattern(Glob localPart, Glob domain, Glob unicodeDomain, String tail) {

    /**
     * Reads for example {@code dr.*@klinik.example}.
     *
     * @throws IllegalArgumentException if no address could ever match it
     */
    static AddressPattern parse(String text, String subAddressDelimiters) {
        int at = text.indexOf('@');
        boolean supported = at >= 0
                && at == text.lastIndexOf('@')
                && text.chars().noneMatch(c -> c <= ' ' || c == 0x7f || "\"\\<>(),;".indexOf(c) >= 0);
        if (!supported) {
            throw unsupported(text, "expected: a pattern like dr.*@klinik.example or *@*.klinik.example");
        }
        String localPart = at == 0 ? "*" : LocalPart.folded(text.substring(0, at));
        if (LocalPart.subAddressStart(localPart, subAddressDelimiters) < localPart.length()) {
            throw unsupported(
                    text,
                    "expected: nothing from a sub-address delimiter \"" + subAddressDelimiters
                            + "\" on, because that is cut from an address before it is compared");
        }
        try {
            return ofParts(localPart, text.substring(at + 1));
        } catch (IllegalArgumentException e) {
            throw unsupported(text, e.getMessage());
        }
    }

    /** True if every address of one domain matches: that needs no pattern. */
    boolean isWholeDomain() {
        return localPart.pattern().equals("*") && tail.equals(domain.pattern());
    }

    boolean matches(Probe probe) {
        return (domain.matches(probe.name().domain()) || unicodeDomain.matches(probe.unicodeDomain()))
                && localPart.matches(probe.name().localPart());
    }

    private static AddressPattern ofParts(String localPart, String domainText) {
        if (!Glob.hasWildcard(domainText)) {
            String domain = DomainText.canonical(domainText);
            return new AddressPattern(
                    new Glob(localPart), new Glob(domain), new Glob(DomainText.unicode(domain)), domain);
        }
        String[] labels =
                DomainText.withoutTrailingDots(DomainText.mapped(domainText)).split("\\.", -1);
        List<String> aLabels = new ArrayList<>();
        List<String> uLabels = new ArrayList<>();
        int tailFrom = 0;
        for (String label : labels) {
            boolean wild = Glob.hasWildcard(label);
            aLabels.add(wild ? label : DomainText.canonical(label));
            uLabels.add(wild ? label : DomainText.unicode(DomainText.canonical(label)));
            tailFrom = wild ? aLabels.size() : tailFrom;
        }
        return new AddressPattern(
                new Glob(localPart),
                new Glob(String.join(".", aLabels)),
                new Glob(String.join(".", uLabels)),
                String.join(".", aLabels.subList(tailFrom, labels.length)));
    }

    private static IllegalArgumentException unsupported(String text, String why) {
        return new IllegalArgumentException("unsupported pattern \"" + text + "\" (" + why + ")");
    }

    /** The keys under which a pattern that matches {@code domain} may be filed: the domain, its parents, and nothing. */
    static List<String> tailsOf(String domain) {
        List<String> tails = new ArrayList<>();
        tails.add(domain);
        for (int dot = domain.indexOf('.'); dot >= 0; dot = domain.indexOf('.', dot + 1)) {
            tails.add(domain.substring(dot + 1));
        }
        tails.add("");
        return tails;
    }

    /** As it is written, in its canonical form. */
    @Override
    public String toString() {
        return localPart.pattern() + "@" + domain.pattern();
    }
}
