/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.config;

import com.unboundid.ldap.sdk.DN;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.tlsward.classes.MemberSpec;
import org.tlsward.classes.MemberSyntax;

/** Reads {@code <members>}. */
final class MembersReader {
    private static final Syntax<String> GROUP = new Syntax<>(
            "a distinguished name like cn=medical,ou=groups,dc=klinik,dc=example",
            text -> Optional.of(text).filter(DN::isValidDN).filter(dn -> !dn.isEmpty()));

    private MembersReader() {}

    /** The members of a {@code <class>}; none without {@code <members>}. */
    static List<MemberSpec> read(Element classElement, String subAddressDelimiters) {
        List<MemberSpec> specs = new ArrayList<>();
        for (Element members : classElement.all("members")) {
            for (Element member : members.children()) {
                spec(member)
                        .filter(spec -> isUnderstood(member, spec, subAddressDelimiters))
                        .ifPresent(specs::add);
            }
        }
        return specs;
    }

    private static boolean isUnderstood(Element member, MemberSpec spec, String subAddressDelimiters) {
        try {
            MemberSyntax.check(spec, subAddressDelimiters);
            return true;
        } catch (IllegalArgumentException e) {
            member.problem("", e.getMessage());
            return false;
        }
    }

    private static Optional<MemberSpec> spec(Element member) {
        return switch (member.type().name()) {
            case "address" -> text(member, "an address like praxis@klinik.example", MemberSpec.Address::new);
            case "domain" -> text(member, "a domain like klinik.example", MemberSpec.Domain::new);
            case "pattern" -> text(member, "a glob like dr.*@klinik.example", MemberSpec.Glob::new);
            case "file" -> member.fileOfText().map(MemberSpec.File::new);
            default -> member.required("group", GROUP).map(MemberSpec.LdapGroup::new);
        };
    }

    private static Optional<MemberSpec> text(Element member, String expected, Function<String, MemberSpec> spec) {
        if (member.text().isEmpty()) {
            member.unsupported("", "", expected);
            return Optional.empty();
        }
        return Optional.of(spec.apply(member.text()));
    }
}
