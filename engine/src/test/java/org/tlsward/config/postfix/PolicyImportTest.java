/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.config.postfix;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tlsward.config.JamesDirectories;
import org.tlsward.config.WardConfiguration;
import org.tlsward.config.WardConfigurationReader;
import org.tlsward.policy.DestinationRule;
import org.tlsward.policy.RequirementText;

class PolicyImportTest {
    private static final String PIN = "AB:".repeat(31) + "AB";

    @TempDir
    Path temp;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "partner.example none | partner.example | none | v1;nothing",
                "partner.example may | partner.example | may | v1;nothing",
                "PARTNER.Example MAY | partner.example | may | v1;nothing",
                "partner.example may protocols=!SSLv2:!SSLv3 | partner.example | may | v1;nothing",
                "partner.example dane | partner.example | dane | v1;nothing",
                "partner.example dane protocols=>=TLSv1.2 | partner.example | dane | v1;nothing",
                ".gov.example dane-only | .gov.example | dane-only | v1;encrypted;dane",
                "partner.example encrypt | partner.example | encrypt | v1;encrypted",
                "partner.example encrypt protocols=TLSv1.2 | partner.example | encrypt | v1;encrypted;minimum=TLSv1.2",
                "partner.example encrypt protocols=!SSLv2:!SSLv3:!TLSv1:!TLSv1.1:!TLSv1.2 | partner.example | encrypt | v1;encrypted;minimum=TLSv1.3",
                "partner.example encrypt protocols=>=TLSv1.3, ciphers=high exclude=3DES:RC4 | partner.example | encrypt | v1;encrypted;minimum=TLSv1.3",
                "partner.example encrypt exclude=kRSA | partner.example | encrypt | v1;encrypted;forward-secrecy",
                "partner.example verify | partner.example | verify | v1;encrypted;chain;mx-name",
                "partner.example verify match=hostname | partner.example | verify | v1;encrypted;chain;mx-name",
                "partner.example verify match=nexthop:dot-nexthop | partner.example | secure | v1;encrypted;chain;next-hop-name",
                "partner.example secure | partner.example | secure | v1;encrypted;chain;next-hop-name",
                ".partner.example secure | .partner.example | secure | v1;encrypted;chain;next-hop-name",
                "partner.example secure match=nexthop | partner.example | secure | v1;encrypted;chain;names=partner.example",
                "partner.example secure match=dot-nexthop | partner.example | secure | v1;encrypted;chain;names=.partner.example",
                "partner.example secure match=mx1.host.example:.mail.example | partner.example | secure | v1;encrypted;chain;names=.mail.example,mx1.host.example",
                "partner.example secure match=hostname:mx1.host.example | partner.example | secure | v1;encrypted;chain;names=mx1.host.example",
                "partner.example secure match=hostname | partner.example | verify | v1;encrypted;chain;mx-name",
                "partner.example secure match=a.example match=b.example | partner.example | secure | v1;encrypted;chain;names=a.example,b.example",
            })
    void anEntryShouldBecomeTheRuleThatMeansTheSame(String line, String match, String level, String required)
            throws Exception {
        DestinationRule rule = readBack(PolicyImport.of(line)).get(0);
        assertThat(rule.match()).hasToString(match);
        assertThat(rule.level().word()).isEqualTo(level);
        assertThat(RequirementText.format(rule.required())).isEqualTo(required);
    }

    @Test
    void pinsShouldBeCarriedOver() throws Exception {
        DestinationRule rule = readBack(PolicyImport.of("lab.example fingerprint match=" + PIN + "|" + "cd".repeat(32)))
                .get(0);
        assertThat(rule.required().pins().orElseThrow()).containsExactly("ab".repeat(32), "cd".repeat(32));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[mail.example]:587 secure | it is a next hop, not a recipient domain",
                "[mail.example] secure | it is a next hop, not a recipient domain",
                "mail.example:submission encrypt | it is a next hop, not a recipient domain",
                "/^(.*)$/ encrypt | patterns cannot be carried over",
                "* encrypt | \"*\" is no key in Postfix",
                "a..b encrypt | it is no domain",
                "partner.example | unsupported level \"\"",
                "partner.example strict | unsupported level \"strict\"",
                "partner.example never | unsupported level \"never\"",
                "partner.example fingerprint | fingerprint without match=",
                "partner.example fingerprint match=AA:BB | is no SHA-256",
                ".partner.example secure match=nexthop | is another name for each domain below .partner.example",
                "partner.example secure match=mx_1!.example | is no name of a certificate",
                "partner.example secure tafile=/etc/ca.pem | tafile= trusts other CAs",
                "partner.example encrypt protocols=TLSv1 | neither TLS 1.2 nor TLS 1.3",
                "partner.example encrypt protocols=TLSv9 | unsupported protocols=TLSv9",
                "partner.example dane protocols=TLSv1.3 | TLS 1.3 cannot be demanded",
                "partner.example encrypt exclude=AES128 | exclude=aes128 has no counterpart",
                "partner.example may exclude=kRSA | forward secrecy cannot be demanded",
                "partner.example encrypt ciphers=best | unknown ciphers=best",
                "partner.example encrypt color=red | unknown attribute \"color\"",
                "partner.example encrypt !x | unknown attribute \"!x\"",
            })
    void whatCannotBeCarriedOverShouldBeSaidAndNotWritten(String line, String why) throws Exception {
        PolicyImport imported = PolicyImport.of("# comment\n" + line);
        ImportedEntry entry = imported.entries().get(0);
        assertThat(entry.destination()).isEmpty();
        assertThat(entry.line()).isEqualTo(2);
        assertThat(entry.obstacles())
                .anySatisfy(obstacle -> assertThat(obstacle).contains(why));
        assertThat(imported.isComplete()).isFalse();
        assertThat(imported.xml()).contains("<!-- line 2, ", "NOT carried over: ");
        assertThat(readBack(imported)).isEmpty();
    }

    @Test
    void commentsAndContinuedLinesShouldBeReadAsPostmapReadsThem() throws Exception {
        PolicyImport imported = PolicyImport.of(
                """
                # first line

                partner.example\tsecure
                  # in between
                    match=mx.host.example
                \tprotocols=>=TLSv1.3
                # end
                zwei.example encrypt
                partner.example may
                """);
        List<DestinationRule> rules = readBack(imported);
        assertThat(rules.stream()
                        .map(rule -> rule.match() + " " + RequirementText.format(rule.required()))
                        .toList())
                .containsExactly(
                        "partner.example v1;encrypted;chain;minimum=TLSv1.3;names=mx.host.example",
                        "zwei.example v1;encrypted");
        assertThat(imported.entries().stream().map(ImportedEntry::line).toList())
                .containsExactly(3, 8, 9);
        assertThat(imported.entries().get(2).obstacles())
                .containsExactly("the same key stands further up, and Postfix takes the first");
    }

    @Test
    void whatIsDifferentAndNotWeakerShouldBeSaid() {
        assertThat(PolicyImport.of("a.example secure match=hostname:x.example servername=y connection_reuse=yes")
                        .entries()
                        .get(0)
                        .remarks())
                .containsExactly(
                        "stricter: \"hostname\" beside other names is left out, the MX name alone is not enough",
                        "servername= is left out: the name of the MX host is sent",
                        "connection_reuse= is left out: connections are reused anyway");
    }

    @ParameterizedTest
    @CsvSource({"---><a/>", "--><a/>", "----><a/>", "a-----><a/>-"})
    void aKeyShouldNotCloseItsComment(String key) throws Exception {
        PolicyImport imported = PolicyImport.of(key + " encrypt");
        assertThat(imported.xml().lines().toList().get(1)).startsWith("  <!-- ").endsWith(" -->");
        assertThat(imported.xml().lines().toList().get(1).replace("<!--", "").replaceAll("-->$", ""))
                .doesNotContain("--");
        assertThat(readBack(imported)).isEmpty();
    }

    @Test
    void noneShouldNotBeInheritedByAnEntryThatHasNoRule() throws Exception {
        PolicyImport imported = PolicyImport.of(
                """
                .example encrypt
                .k.example none
                lab.k.example secure tafile=/x
                .other.example none
                a.other.example secure
                k.example none
                """);
        assertThat(readBack(imported).stream()
                        .map(rule -> rule.match() + " " + rule.level().word())
                        .toList())
                .containsExactly(".example encrypt", ".other.example none", "a.other.example secure", "k.example none");
        assertThat(imported.entries().get(1).obstacles())
                .containsExactly(
                        "it would count for lab.k.example (line 3) too, which has no rule of its own, and TLS would"
                                + " not even be tried there");
        assertThat(imported.entries().get(2).remarks()).containsExactly("the rule for .example counts for it");
        assertThat(imported.isComplete()).isFalse();
    }

    @Test
    void trustAnchorsShouldBeLeftOutWhereNobodyLooksAtThem() throws Exception {
        PolicyImport imported = PolicyImport.of(".k.example none\nlab.k.example encrypt tafile=/x");
        assertThat(readBack(imported).stream().map(rule -> rule.level().word()).toList())
                .containsExactly("none", "encrypt");
        assertThat(imported.entries().get(1).remarks()).containsExactly("tafile= means nothing at this level");
    }

    /** Whatever stands in the table: what comes out can be read, and has no other elements. */
    @Property(tries = 300)
    void anyTextShouldGiveReadableXml(@ForAll String text) throws Exception {
        PolicyImport imported =
                PolicyImport.of("a--><x>.example encrypt " + text + "\nb.example " + text + "\n" + text);
        readBack(imported);
    }

    private static List<DestinationRule> readBack(PolicyImport imported) throws Exception {
        Path directory = Files.createTempDirectory("import");
        Path file = directory.resolve("tlsward.xml");
        try {
            // An empty <destinations> is fine, too.
            Files.writeString(
                    file,
                    "<tlsward><classes default='general'><class name='general'/></classes>" + imported.xml()
                            + "</tlsward>");
            WardConfiguration read =
                    new WardConfigurationReader(new JamesDirectories(directory, directory, directory)).read(file);
            return read.destinations().destinations();
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(directory);
        }
    }
}
