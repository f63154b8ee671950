/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Help.Ansi;

class ConfigCheckCommandTest {
    @TempDir
    Path home;

    private Path conf;

    @BeforeEach
    void makeFolder() throws Exception {
        conf = Files.createDirectories(home.resolve("conf"));
    }

    private CommandRun check(Ansi ansi, String... args) {
        String[] all = new String[args.length + 2];
        all[0] = "config";
        all[1] = "check";
        System.arraycopy(args, 0, all, 2, args.length);
        Clock clock = Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC);
        return CommandRun.of(new Surroundings(home, name -> Optional.empty(), clock), ansi, all);
    }

    private String text(CommandRun run) {
        return run.out().replace(conf.toString(), "CONF");
    }

    private void configure(String xml) throws Exception {
        Files.writeString(conf.resolve("tlsward.xml"), xml);
    }

    @Test
    void policyOfEveryClassShouldBeTold() throws Exception {
        Files.writeString(conf.resolve("more.txt"), "labor@klinik.example\n");
        configure(
                """
                <tlsward>
                  <classes default="general">
                    <class name="medical">
                      <members>
                        <address>praxis@klinik.example</address>
                        <address>labor@klinik.example</address>
                        <domain>kardiologie.klinik.example</domain>
                        <file>file://conf/more.txt</file>
                      </members>
                      <inbound minimum="TLSv1.2" observe="TLSv1.3" exempt="127.0.0.0/8"/>
                      <outbound level="encrypt" observe="authenticated" minimum="TLSv1.2" warnAfter="15m" giveUpAfter="4h"/>
                      <alternative lang="en">Please call us.</alternative>
                    </class>
                    <class name="secret"><outbound level="never"/></class>
                    <class name="general"/>
                  </classes>
                  <destinations>
                    <destination match="partner.example" level="secure" names="mx.partner.example" minimum="TLSv1.3"/>
                    <destination match="lab.example" via="[192.0.2.7]:2525" level="encrypt"/>
                    <exception match="old.example" level="may" reason="their new server comes" until="2026-12-31"/>
                  </destinations>
                  <dns mode="trust-ad" servers="127.0.0.1:53"/>
                </tlsward>
                """);

        CommandRun run = check(Ansi.OFF);

        assertThat(CommandRun.kept("config.txt", text(run))).isEqualTo(CommandRun.golden("config.txt"));
        assertThat(run.exit()).isZero();
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void everyProblemShouldBeToldAtOnce() throws Exception {
        configure(
                """
                <tlsward>
                  <classes default="general">
                    <class name="general"><outbound level="foo" warnAfter="soon"/></class>
                    <class name="medical"><members><file>file://conf/absent.txt</file></members></class>
                  </classes>
                </tlsward>
                """);

        CommandRun run = check(Ansi.OFF);

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out())
                .contains("the server would not start")
                .contains("tlsward.xml:3", "\"foo\"", "\"soon\"", "tlsward.xml:4", "absent.txt");
    }

    @Test
    void memberFileThatIsNotUnderstoodShouldBeAProblem() throws Exception {
        Files.writeString(conf.resolve("more.txt"), "not an address\n");
        configure("<tlsward><classes default='general'><class name='general'/><class name='medical'><members>"
                + "<file>file://conf/more.txt</file></members></class></classes></tlsward>");

        CommandRun run = check(Ansi.OFF);

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).contains("more.txt", "not an address");
    }

    @Test
    void missingFileShouldBeAProblem() {
        CommandRun run = check(Ansi.OFF);

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).contains("tlsward.xml: missing");
    }

    @Test
    void trustStoreThatCannotBeReadShouldBeAProblem() throws Exception {
        Files.writeString(conf.resolve("ca.p12"), "no key store");
        configure("<tlsward><classes default='general'><class name='general'/></classes>"
                + "<trust store='file://conf/ca.p12' password='x'/></tlsward>");

        CommandRun run = check(Ansi.OFF);

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).contains("the server would not start", "ca.p12");
    }

    @Test
    void jsonShouldSayTheSame() throws Exception {
        configure("<tlsward><classes default='general'><class name='general'/></classes></tlsward>");

        CommandRun run = check(Ansi.OFF, "--json");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("\"result\" : \"clean\"", "\"step\" : \"outbound\"");
    }

    @Test
    void colourShouldBeForTerminalsOnly() throws Exception {
        configure("<tlsward><classes default='general'/></tlsward>");

        assertThat(check(Ansi.OFF).out()).doesNotContain("\u001B");
        assertThat(check(Ansi.ON).out()).contains("\u001B[");
        assertThat(check(Ansi.ON, "--json").out()).doesNotContain("\u001B");
    }

    /** Text of the configuration reaches the terminal of whoever looks. */
    @Test
    void escapeSequencesShouldNotReachTheTerminal() throws Exception {
        configure("<tlsward><classes default='general&#x9b;31m'><class name='general'/></classes></tlsward>");

        assertThat(check(Ansi.OFF).out()).doesNotContain("\u009B");
    }
}
