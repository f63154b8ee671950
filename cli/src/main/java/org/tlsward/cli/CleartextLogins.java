/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.tlsward.check.Mark;
import org.tlsward.check.Report.Section;
import org.tlsward.check.Report.SectionBuilder;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * Where the other files of James let somebody log in, or administer, without TLS. What our TLS protects on the way is of no use if the
 * password to the mailbox can be overheard. What listens on loopback only is left alone.
 */
final class CleartextLogins {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{env:([^}:]+)(?::-([^}]*))?}");

    private final Path conf;
    private final Function<String, Optional<String>> environment;
    private final SectionBuilder section = new SectionBuilder("Logins without TLS");
    private boolean found;

    CleartextLogins(Path conf, Function<String, Optional<String>> environment) {
        this.conf = conf;
        this.environment = environment;
    }

    /** Empty if there are none. */
    Optional<Section> section() {
        servers("imapserver.xml", "imapserver").stream()
                .filter(server -> !requiresTls(server, !"false".equals(text(server, "plainAuthDisallowed", "true"))))
                .forEach(server -> warn(
                        "IMAP",
                        "imapserver.xml: " + name(server) + " takes passwords without TLS",
                        "<auth><requireSSL>true</requireSSL></auth>, and startTLS or socketTLS"));
        servers("smtpserver.xml", "smtpserver").stream()
                .filter(server -> !requiresTls(server, false))
                .forEach(server -> warn(
                        "SMTP AUTH",
                        "smtpserver.xml: " + name(server) + " takes passwords without TLS",
                        "<auth><requireSSL>true</requireSSL></auth>"));
        // James 3.8 has no key that makes POP3 or ManageSieve refuse a password before STLS or STARTTLS.
        servers("pop3server.xml", "pop3server").forEach(server -> warnOfNoKey("POP3", "pop3server.xml", server));
        servers("managesieveserver.xml", "managesieveserver")
                .forEach(server -> warnOfNoKey("ManageSieve", "managesieveserver.xml", server));
        webAdmin();
        jmx();
        return found ? Optional.of(section.build()) : Optional.empty();
    }

    private void warnOfNoKey(String step, String file, Element server) {
        warn(
                step,
                file + ": " + name(server) + " takes passwords without TLS from whoever does not begin it",
                "socketTLS=\"true\", or enabled=\"false\"");
    }

    private void webAdmin() {
        Properties properties = properties("webadmin.properties");
        boolean open = !isLoopback(resolved(properties.getProperty("host", "localhost")));
        if (properties.getProperty("enabled", "false").equals("true")
                && open
                && !properties.getProperty("jwt.enabled", "false").equals("true")) {
            boolean password = properties.containsKey("password");
            if (!password || !properties.getProperty("https.enabled", "false").equals("true")) {
                warn(
                        "WebAdmin",
                        "webadmin.properties: anybody who reaches this port reads waiting mail and changes users, "
                                + (password
                                        ? "with a password that travels in cleartext (James 3.9), or without one (James 3.8)"
                                        : "without a password"),
                        "host=127.0.0.1, or jwt.enabled=true");
            }
        }
    }

    private void jmx() {
        if (Files.exists(conf.resolve("jmx.properties"))
                && properties("jmx.properties")
                        .getProperty("jmx.enabled", "true")
                        .equals("true")) {
            warn("JMX", "jmx.properties: JMX is on, without TLS", "jmx.enabled=false");
        }
    }

    private void warn(String step, String text, String advice) {
        found = true;
        section.row(Mark.WARNING, step, text, advice);
    }

    /** Those that are on, can be reached from elsewhere and do not begin with TLS. */
    private List<Element> servers(String file, String element) {
        List<Element> servers = new ArrayList<>();
        Path path = conf.resolve(file);
        if (!Files.exists(path)) {
            return servers;
        }
        try (InputStream in = Files.newInputStream(path)) {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            NodeList all = factory.newDocumentBuilder().parse(in).getElementsByTagName(element);
            for (int i = 0; i < all.getLength(); i++) {
                Element server = (Element) all.item(i);
                if (isOn(server) && !isLoopback(bind(server)) && !beginsWithTls(server)) {
                    servers.add(server);
                }
            }
        } catch (IOException | SAXException | ParserConfigurationException e) {
            warn(file, "cannot be read: " + e.getMessage(), "James will not start with it");
        }
        return servers;
    }

    private static boolean isOn(Element server) {
        return !server.getAttribute("enabled").equals("false");
    }

    private static boolean beginsWithTls(Element server) {
        NodeList tls = server.getElementsByTagName("tls");
        return tls.getLength() > 0
                && ((Element) tls.item(0)).getAttribute("socketTLS").equals("true");
    }

    private static boolean requiresTls(Element server, boolean otherwise) {
        return text(server, "requireSSL", Boolean.toString(otherwise)).equals("true")
                || text(server, "plainAuthEnabled", "true").equals("false");
    }

    private static String text(Element server, String name, String otherwise) {
        NodeList all = server.getElementsByTagName(name);
        return all.getLength() == 0 ? otherwise : all.item(0).getTextContent().strip();
    }

    private String bind(Element server) {
        return resolved(text(server, "bind", "0.0.0.0"));
    }

    private static String name(Element server) {
        return "the server " + text(server, "jmxName", "without a jmxName");
    }

    private static boolean isLoopback(String hosts) {
        for (String host : hosts.split(",", -1)) {
            String bare = host.strip();
            if (!bare.startsWith("127.")
                    && !bare.startsWith("localhost")
                    && !bare.startsWith("[::1]")
                    && !bare.equals("::1")) {
                return false;
            }
        }
        return true;
    }

    private Properties properties(String file) {
        Properties properties = new Properties();
        Path path = conf.resolve(file);
        if (Files.exists(path)) {
            try (InputStream in = Files.newInputStream(path)) {
                properties.load(in);
            } catch (IOException | IllegalArgumentException e) {
                warn(file, "cannot be read: " + e.getMessage(), "James will not start with it");
            }
        }
        return properties;
    }

    /** As James does it; what nobody has set may be any address. */
    private String resolved(String text) {
        Matcher matcher = REFERENCE.matcher(text);
        StringBuilder all = new StringBuilder();
        while (matcher.find()) {
            String value = environment
                    .apply(matcher.group(1))
                    .or(() -> Optional.ofNullable(matcher.group(2)))
                    .orElse("0.0.0.0");
            matcher.appendReplacement(all, Matcher.quoteReplacement(value));
        }
        return matcher.appendTail(all).toString();
    }
}
