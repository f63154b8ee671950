/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tlsward.policy.ClientCertificate;
import org.tlsward.policy.Credentials;
import org.tlsward.policy.DestinationRule;
import org.tlsward.policy.DestinationRules;
import org.tlsward.policy.DomainMatch;
import org.tlsward.policy.NextHop;
import org.tlsward.policy.PolicyException;
import org.tlsward.policy.TlsLevel;

/** Reads {@code <destinations>}. */
final class DestinationsReader {
    private static final Syntax<DomainMatch> MATCH = new Syntax<>(
            "a domain like partner.example, .partner.example for all below it, or *",
            text -> Optional.of(DomainMatch.parse(text)));
    private static final Syntax<NextHop> NEXT_HOP = new Syntax<>(
            "mx.example, mx.example:2525, [192.0.2.7]:2525 or [2001:db8::1]:25",
            text -> Optional.of(NextHop.parse(text)));
    private static final Syntax<String> PUBLISHED = Syntax.words(List.of("ignore"));

    private DestinationsReader() {}

    static DestinationRules read(Element destinations) {
        List<DestinationRule> rules = new ArrayList<>();
        Set<DomainMatch> matches = new HashSet<>();
        for (Element destination : destinations.all("destination")) {
            rule(destination)
                    .filter(rule -> isNew(destination, rule.match(), matches))
                    .ifPresent(rules::add);
        }
        List<PolicyException> exceptions = new ArrayList<>();
        Set<DomainMatch> excepted = new HashSet<>();
        for (Element exception : destinations.all("exception")) {
            exception(exception)
                    .filter(some -> isNew(exception, some.match(), excepted))
                    .ifPresent(exceptions::add);
        }
        return new DestinationRules(rules, exceptions);
    }

    private static boolean isNew(Element element, DomainMatch match, Set<DomainMatch> matches) {
        boolean added = matches.add(match);
        if (!added) {
            element.problem("match", "\"" + match + "\" is there already (expected: once each)");
        }
        return added;
    }

    private static Optional<DestinationRule> rule(Element element) {
        Optional<DomainMatch> match = element.required("match", MATCH);
        Demand demand = Demand.read(element, Optional.empty());
        Optional<NextHop> via = element.value("via", NEXT_HOP);
        Optional<Credentials> credentials = credentials(element, demand);
        return match.map(some -> new DestinationRule(
                some,
                new DestinationRule.DestinationDemand(demand.level(), demand.required(), demand.observe()),
                via,
                credentials,
                clientCertificate(element)));
    }

    private static Optional<ClientCertificate> clientCertificate(Element element) {
        Optional<String> password = element.value("clientCertificatePassword", Syntax.TEXT);
        if (element.has("clientCertificatePassword") && !element.has("clientCertificate")) {
            element.problem(
                    "clientCertificatePassword", "there is nothing that it opens (expected: clientCertificate too)");
        }
        return element.file("clientCertificate")
                .map(file -> new ClientCertificate(file.toAbsolutePath().toString(), password));
    }

    private static Optional<Credentials> credentials(Element element, Demand demand) {
        Optional<String> user = element.value("user", Syntax.TEXT);
        Optional<String> password = element.value("password", Syntax.TEXT);
        String present = element.has("user") ? "user" : "password";
        if (element.has("user") != element.has("password")) {
            element.problem(present, "user and password need each other (expected: both or none)");
        }
        if (element.has(present) && !element.has("via")) {
            element.problem(
                    present, "whoever the MX records name would be given it (expected: a fixed next hop in via)");
        }
        if (element.has(present) && !demand.required().encrypted()) {
            element.problem(
                    present,
                    "level \"" + demand.level().word()
                            + "\" does not require TLS, and nothing is sent outside of it (expected: level=\"encrypt\" or"
                            + " stricter)");
        }
        return user.flatMap(name -> password.map(secret -> new Credentials(name, secret)));
    }

    private static Optional<PolicyException> exception(Element element) {
        Optional<DomainMatch> match = element.required("match", MATCH);
        Optional<TlsLevel> level = element.required("level", Syntax.LEVEL);
        Optional<String> reason = element.required("reason", Syntax.TEXT);
        boolean publishedIgnored = element.value("published", PUBLISHED).isPresent();
        level.filter(TlsLevel.FINGERPRINT::equals)
                .ifPresent(pinned -> element.problem(
                        "level", "an exception has no pins (expected: another level, or a destination with sha256)"));
        return element.required("until", Syntax.DATE)
                .flatMap(until -> match.flatMap(domain -> level.flatMap(word -> reason.map(
                        why -> new PolicyException(domain, word, word.requirement(), why, until, publishedIgnored)))));
    }
}
