/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.classes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tlsward.classes.ClassDirectoryTest.known;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchEntry;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ReadOnlySearchRequest;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldif.LDIFException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What slapd does not do: Active Directory gives the members of a large group in parts. */
class LdapRangeTest {
    private static final String SUFFIX = "dc=klinik,dc=example";
    private static final String GROUP = "cn=medical," + SUFFIX;
    private static final int MEMBERS = 25;
    private static final int PART = 10;

    @TempDir
    Path directory;

    private final Parts parts = new Parts();
    private InMemoryDirectoryServer server;

    @BeforeEach
    void setUp() throws LDAPException, LDIFException {
        InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig(SUFFIX);
        config.setSchema(null);
        config.setListenerConfigs(
                InMemoryListenerConfig.createLDAPConfig("ldap", InetAddress.getLoopbackAddress(), 0, null));
        config.addInMemoryOperationInterceptor(parts);
        server = new InMemoryDirectoryServer(config);
        server.startListening();
        server.add("dn: " + SUFFIX, "objectClass: domain", "dc: klinik");
        for (int i = 0; i < MEMBERS; i++) {
            server.add(
                    "dn: " + person(i),
                    "objectClass: user",
                    "cn: m" + i,
                    "proxyAddresses: SMTP:m" + i + "@klinik.example",
                    "proxyAddresses: smtp:alias" + i + "@klinik.example",
                    "proxyAddresses: sip:m" + i + "@phone.example");
        }
        Entry group = new Entry("dn: " + GROUP, "objectClass: group", "cn: medical");
        group.addAttribute(
                "member",
                IntStream.range(0, MEMBERS).mapToObj(LdapRangeTest::person).toArray(String[]::new));
        server.add(group);
    }

    @AfterEach
    void tearDown() {
        server.shutDown(true);
    }

    @Test
    void openShouldAskForEveryPart() {
        try (ClassDirectory classes = open()) {
            for (int i = 0; i < MEMBERS; i++) {
                assertThat(classes.classesOf("m" + i + "@klinik.example")).isEqualTo(known("medical"));
                assertThat(classes.classesOf("alias" + i + "@klinik.example")).isEqualTo(known("medical"));
            }
            assertThat(classes.classesOf("m1@phone.example")).isEqualTo(known("general"));
            assertThat(classes.problems()).isEmpty();
        }
    }

    @Test
    void aPartThatIsMissingShouldBeNoAnswer() {
        parts.lastFrom = PART;
        try (ClassDirectory classes = open()) {
            assertThat(classes.classesOf("m1@klinik.example")).isInstanceOf(Membership.Unknown.class);
            assertThat(classes.problems()).singleElement().satisfies(problem -> assertThat(problem.message())
                    .contains("the group is not whole"));
        }
    }

    private ClassDirectory open() {
        LdapDirectory ldap = new LdapDirectory(
                List.of(URI.create("ldap://localhost:" + server.getListenPort())),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of("mail", "proxyAddresses"),
                Duration.ofSeconds(10),
                Duration.ofDays(1));
        return ClassDirectory.open(
                new TestStore(directory).settings(Optional.of(ldap), new MemberSpec.LdapGroup(GROUP)));
    }

    private static String person(int i) {
        return "cn=m" + i + "," + SUFFIX;
    }

    /** Cuts the attribute member as Active Directory does. */
    private static final class Parts extends InMemoryOperationInterceptor {
        private volatile int lastFrom = Integer.MAX_VALUE;

        @Override
        public void processSearchRequest(InMemoryInterceptedSearchRequest request) throws LDAPException {
            ReadOnlySearchRequest asked = request.getRequest();
            int from = asked.getAttributeList().stream()
                    .filter(name -> name.startsWith("member;range="))
                    .mapToInt(name -> Integer.parseInt(name.substring("member;range=".length(), name.indexOf('-'))))
                    .findFirst()
                    .orElse(0);
            request.setProperty("from", from);
            if (from > 0) {
                SearchRequest plain =
                        new SearchRequest(asked.getBaseDN(), asked.getScope(), asked.getFilter(), "member");
                request.setRequest(plain);
            }
        }

        @Override
        public void processSearchEntry(InMemoryInterceptedSearchEntry answer) {
            Entry entry = answer.getSearchEntry().duplicate();
            Attribute member = entry.getAttribute("member");
            if (member != null) {
                int from = (int) answer.getProperty("from");
                String[] all = member.getValues();
                int to = Math.min(all.length, from + PART);
                entry.removeAttribute("member");
                if (from <= lastFrom - 1) {
                    String end = to == all.length ? "*" : String.valueOf(to - 1);
                    entry.addAttribute("member;range=" + from + "-" + end, Arrays.copyOfRange(all, from, to));
                }
                answer.setSearchEntry(entry);
            }
        }
    }
}
