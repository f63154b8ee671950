/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tlsward.check.Mark;
import org.tlsward.check.Report.Row;
import org.tlsward.check.Report.Section;

class CleartextLoginsTest {
    @TempDir
    Path conf;

    private Optional<Row> found(String file, String text, Map<String, String> environment) throws Exception {
        Files.writeString(conf.resolve(file), text);
        return new CleartextLogins(conf, name -> Optional.ofNullable(environment.get(name)))
                .section()
                .map(Section::items)
                .map(items -> (Row) items.get(0));
    }

    private static String server(String kind, String attributes, String inner) {
        return "<" + kind + "s><" + kind + " " + attributes + "><bind>0.0.0.0:1</bind>" + inner + "</" + kind + "></"
                + kind + "s>";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    imapserver        | <auth><requireSSL>false</requireSSL></auth>               | IMAP
                    imapserver        | <plainAuthDisallowed>false</plainAuthDisallowed>          | IMAP
                    smtpserver        | <auth><announce>never</announce></auth>                   | SMTP AUTH
                    smtpserver        | <authRequired>true</authRequired>                         | SMTP AUTH
                    pop3server        | <tls socketTLS="false" startTLS="true"/>                  | POP3
                    managesieveserver | <tls socketTLS="false" startTLS="true"/>                  | ManageSieve
                    """)
    void loginWithoutTlsShouldBeWarnedOf(String kind, String inner, String step) throws Exception {
        Optional<Row> row =
                found(kind + ".xml", server(kind, "enabled='true'", inner + "<jmxName>it</jmxName>"), Map.of());

        assertThat(row).hasValueSatisfying(each -> {
            assertThat(each.step()).isEqualTo(step);
            assertThat(each.mark()).isEqualTo(Mark.WARNING);
            assertThat(each.text()).contains(kind + ".xml: the server it");
            assertThat(each.advice()).isPresent();
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    imapserver | enabled="true"  | <auth><requireSSL>true</requireSSL></auth>
                    imapserver | enabled="true"  | <x/>
                    imapserver | enabled="true"  | <auth><requireSSL>false</requireSSL><plainAuthEnabled>false</plainAuthEnabled></auth>
                    imapserver | enabled="false" | <auth><requireSSL>false</requireSSL></auth>
                    smtpserver | enabled="true"  | <auth><requireSSL>true</requireSSL></auth>
                    smtpserver | enabled="true"  | <tls socketTLS="true"/>
                    pop3server | enabled="true"  | <tls socketTLS="true"/>
                    pop3server | enabled="false" | <x/>
                    """)
    void whatIsSafeShouldNotBeWarnedOf(String kind, String attributes, String inner) throws Exception {
        assertThat(found(kind + ".xml", server(kind, attributes, inner), Map.of()))
                .isEmpty();
    }

    @Test
    void whatListensHereOnlyShouldNotBeWarnedOf() throws Exception {
        String text = server("pop3server", "enabled='true'", "").replace("0.0.0.0", "${env:BIND:-127.0.0.1}");

        assertThat(found("pop3server.xml", text, Map.of())).isEmpty();
        assertThat(found("pop3server.xml", text, Map.of("BIND", "0.0.0.0"))).isPresent();
        assertThat(found("pop3server.xml", text.replace(":-127.0.0.1", ""), Map.of()))
                .isPresent();
    }

    @Test
    void openAdministrationShouldBeWarnedOf() throws Exception {
        assertThat(found("webadmin.properties", "enabled=true\nhost=0.0.0.0\n", Map.of()))
                .hasValueSatisfying(row -> assertThat(row.step()).isEqualTo("WebAdmin"));
        assertThat(found("webadmin.properties", "enabled=true\nhost=0.0.0.0\njwt.enabled=true\n", Map.of()))
                .isEmpty();
        assertThat(found("webadmin.properties", "enabled=true\nhost=0.0.0.0\npassword=x\n", Map.of()))
                .hasValueSatisfying(row -> assertThat(row.text()).contains("in cleartext", "James 3.8"));
        assertThat(found(
                        "webadmin.properties",
                        "enabled=true\nhost=0.0.0.0\npassword=x\nhttps.enabled=true\n",
                        Map.of()))
                .isEmpty();
        assertThat(found("webadmin.properties", "enabled=true\nhost=127.0.0.1\n", Map.of()))
                .isEmpty();
        assertThat(found("jmx.properties", "jmx.enabled=true\n", Map.of()))
                .hasValueSatisfying(row -> assertThat(row.step()).isEqualTo("JMX"));
        assertThat(found("jmx.properties", "jmx.enabled=false\n", Map.of())).isEmpty();
    }

    @Test
    void fileThatIsBrokenShouldBeTold() throws Exception {
        assertThat(found("imapserver.xml", "<imapservers>", Map.of()))
                .hasValueSatisfying(row -> assertThat(row.text()).contains("cannot be read"));
    }

    /** What we ship. */
    @Test
    void referenceConfigurationShouldHaveNone() {
        Path reference = Path.of("../conf");

        assertThat(new CleartextLogins(reference, name -> Optional.empty()).section())
                .isEmpty();
        assertThat(new CleartextLogins(reference, name -> Optional.of("0.0.0.0"))
                        .section()
                        .map(Section::items)
                        .orElseThrow())
                .singleElement()
                .satisfies(row -> assertThat(((Row) row).step()).isEqualTo("WebAdmin"));
    }
}
