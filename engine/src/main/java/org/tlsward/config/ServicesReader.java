/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tlsward.classes.MailboxName;
import org.tlsward.policy.IpNetwork;

/** Reads what serves all classes alike: {@code <dns>}, {@code <trust>}, {@code <evidence>}, {@code <quarantine>}, {@code <tlsrpt>}, {@code <networks>}. */
final class ServicesReader {
    private static final Syntax<DnsSettings.Mode> MODE = Syntax.words(List.of("validate", "trust-ad"))
            .map(word -> word.equals("validate") ? DnsSettings.Mode.VALIDATE : DnsSettings.Mode.TRUST_AD);
    private static final Syntax<DnsSettings.InsecureMx> INSECURE_MX = Syntax.words(List.of("may", "encrypt", "dane"))
            .map(word -> DnsSettings.InsecureMx.valueOf(word.toUpperCase(Locale.ROOT)));
    private static final Syntax<List<InetSocketAddress>> SERVERS =
            Syntax.list("one or more addresses like 127.0.0.1, 127.0.0.1:5353 or [::1]:53", ServicesReader::server);
    private static final Syntax<String> NODE = new Syntax<>(
            "a name like mx1: letters, digits, \".\", \"-\" and \"_\", at most 64",
            text -> Optional.of(text).filter(name -> name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")));
    private static final Syntax<EvidenceSettings.Addresses> ADDRESSES = Syntax.words(List.of("plain", "keyed"))
            .map(word -> EvidenceSettings.Addresses.valueOf(word.toUpperCase(Locale.ROOT)));
    private static final Pattern SERVER = Pattern.compile("([0-9.]+|\\[[0-9A-Fa-f:.]+\\])(?::([0-9]{1,5}))?");
    private static final Pattern DNS_NAME = Pattern.compile("([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.?)+");
    private static final Syntax<String> DOMAIN = new Syntax<>("a domain like ietf.org", text -> Optional.of(text)
            .filter(name -> name.length() < 254 && DNS_NAME.matcher(name).matches()));
    private static final Syntax<String> DKIM_NAME =
            new Syntax<>("a name like mail2026 or klinik.example", text -> Optional.of(text.toLowerCase(Locale.ROOT))
                    .filter(name -> name.length() <= 200 && name.matches("[a-z0-9_-]+(\\.[a-z0-9_-]+)*")));
    private static final Pattern MAILTO = Pattern.compile("mailto:([^?,%\\s]+)");
    private static final Syntax<Optional<LocalTime>> DIGEST =
            new Syntax<>("a time of the day (UTC) like 06:00, or off", ServicesReader::digestTime);
    private static final Syntax<String> ADDRESS =
            new Syntax<>("an address like postmaster@klinik.example", text -> Optional.of(text)
                    .filter(address -> address.matches("[^@\\s<>\",]+@[^@\\s<>\",]+")));
    private static final Syntax<List<String>> LANGUAGES = Syntax.list(
            "one or more of de, en, fr", text -> Optional.of(text).filter(List.of("de", "en", "fr")::contains));
    private static final int DNS_PORT = 53;

    private ServicesReader() {}

    static DnsSettings dns(Element dns) {
        DnsSettings.Mode mode = dns.value("mode", MODE).orElse(DnsSettings.Mode.VALIDATE);
        List<InetSocketAddress> servers = dns.value("servers", SERVERS).orElse(List.of());
        if (mode == DnsSettings.Mode.TRUST_AD) {
            // On any longer way the AD bit is as easily changed as the answer (RFC 6698 Appendix A.3).
            servers.stream()
                    .filter(server -> !server.getAddress().isLoopbackAddress())
                    .forEach(server -> dns.problem(
                            "servers",
                            "mode \"trust-ad\" with " + server.getAddress().getHostAddress()
                                    + " (expected: a resolver on a loopback address, or mode=\"validate\")"));
        }
        return new DnsSettings(
                mode,
                servers,
                dns.file("trustAnchor"),
                dns.value("signedName", DOMAIN).orElse(DnsSettings.SIGNED_NAME),
                dns.value("brokenName", DOMAIN).orElse(DnsSettings.BROKEN_NAME),
                dns.value("insecureMx", INSECURE_MX).orElse(DnsSettings.InsecureMx.DANE));
    }

    static Optional<TrustSettings> trust(Element trust) {
        if (!trust.has("store")) {
            trust.problem("store", "missing (expected: " + FileUrls.EXPECTED + ")");
        }
        Optional<String> password = trust.value("password", Syntax.TEXT);
        return trust.file("store").map(store -> new TrustSettings(store, password));
    }

    static EvidenceSettings evidence(Element evidence) {
        EvidenceSettings settings = new EvidenceSettings(
                folder(evidence, "path"),
                folder(evidence, "keys"),
                evidence.value("addresses", ADDRESSES).orElse(EvidenceSettings.Addresses.PLAIN),
                evidence.value("retention", Syntax.RETENTION),
                evidence.value("node", NODE));
        settings.directory()
                .filter(path -> settings.keys().filter(path::equals).isPresent())
                .ifPresent(
                        path -> evidence.problem(
                                "keys",
                                "the same folder as path (expected: another one, so that who may write evidence cannot write its head)"));
        return settings;
    }

    private static Optional<Path> folder(Element element, String attribute) {
        Optional<String> url = element.value(attribute, Syntax.TEXT);
        Optional<Path> path = url.flatMap(some -> element.path(attribute, some));
        path.filter(some -> Files.exists(some) && !Files.isDirectory(some))
                .ifPresent(
                        some -> element.unsupported(attribute, url.orElseThrow(), "a directory; " + some + " is none"));
        return path;
    }

    static QuarantineSettings quarantine(Element quarantine) {
        QuarantineSettings usual = QuarantineSettings.DEFAULT;
        return new QuarantineSettings(
                quarantine.value("keep", Syntax.DURATION).orElse(usual.keep()),
                quarantine.value("fourEyes", Syntax.FLAG).orElse(usual.fourEyes()),
                quarantine.has("digest") ? quarantine.value("digest", DIGEST).flatMap(time -> time) : usual.digest(),
                quarantine.value("digestTo", ADDRESS),
                quarantine
                        .value("digestAddresses", Syntax.words(List.of("full", "domain")))
                        .orElse("full")
                        .equals("full"),
                quarantine.value("languages", LANGUAGES).orElse(usual.languages()),
                quarantine.file("key"));
    }

    static TlsReportSettings reports(Element reports, String subAddressDelimiters) {
        Optional<MailboxName> contact = reports.value("contact", contact(subAddressDelimiters));
        return new TlsReportSettings(
                reports.value("organization", Syntax.TEXT), contact, contact.flatMap(some -> signing(reports, some)));
    }

    private static Optional<TlsReportSettings.Signing> signing(Element reports, MailboxName contact) {
        if (!reports.has("dkimKey")) {
            for (String useless : List.of("dkimDomain", "dkimSelector")) {
                if (reports.has(useless)) {
                    reports.problem(
                            useless, "there is no key to sign with (expected: dkimKey=\"file://conf/dkim.pem\" too)");
                }
            }
            return Optional.empty();
        }
        String domain = reports.value("dkimDomain", DKIM_NAME).orElse(contact.domain());
        // A receiver compares the signature with the From (RFC 7489 §3.1.1).
        if (!contact.domain().equals(domain) && !contact.domain().endsWith("." + domain)) {
            reports.unsupported(
                    "dkimDomain", domain, "the domain of the contact, " + contact.domain() + ", or one above it");
        }
        Optional<String> selector = reports.required("dkimSelector", DKIM_NAME);
        Optional<Path> key = reports.file("dkimKey");
        return selector.flatMap(name -> key.map(file -> new TlsReportSettings.Signing(domain, name, file)));
    }

    static List<IpNetwork> internal(Element networks) {
        return networks.required("internal", Syntax.NETWORKS).orElse(List.of());
    }

    /** The inner one is empty for {@code off}. */
    private static Optional<Optional<LocalTime>> digestTime(String text) {
        if (text.equals("off")) {
            return Optional.of(Optional.empty());
        }
        try {
            return Optional.of(Optional.of(LocalTime.parse(text)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<InetSocketAddress> server(String text) {
        Matcher matcher = SERVER.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        InetAddress address =
                IpNetwork.parse(matcher.group(1).replaceAll("[\\[\\]]", "")).base();
        int port = matcher.group(2) == null ? DNS_PORT : Integer.parseInt(matcher.group(2));
        return port < 1 || port > 65535 ? Optional.empty() : Optional.of(new InetSocketAddress(address, port));
    }

    private static Syntax<MailboxName> contact(String subAddressDelimiters) {
        return new Syntax<>("a URI like mailto:tls-reports@klinik.example", text -> {
            Matcher matcher = MAILTO.matcher(text);
            return matcher.matches() ? MailboxName.tryParse(matcher.group(1), subAddressDelimiters) : Optional.empty();
        });
    }
}
