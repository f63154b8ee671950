/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.dane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tlsward.dane.DaneKit.HOST;
import static org.tlsward.dane.DaneKit.NOW;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tlsward.dns.TlsaRecord;

/** The same servers and the same records before OpenSSL and before us. Where we differ the row has the reason. */
class OpenSslAgreementTest {
    static List<OpenSslRows.Row> rows() {
        return OpenSslRows.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void verdictShouldBeThatOfOpenSsl(OpenSslRows.Row row) throws Exception {
        DaneVerdict ours = DaneKit.verify(row.shown(), row.records().toArray(TlsaRecord[]::new));
        assertThat(ours.matches()).as(ours.detail()).isEqualTo(row.expected());
        String theirs = openSsl(row);
        boolean matches = theirs.contains("Verification: OK") && theirs.contains("DANE TLSA");
        boolean refuses = theirs.contains("Verification error:");
        assertThat(matches).as(theirs).isNotEqualTo(refuses);
        boolean agrees = matches == ours.matches();
        assertThat(agrees)
                .as("OpenSSL: %s%nours: %s%nreason to differ: %s", theirs, ours, row.whyWeDiffer())
                .isEqualTo(row.whyWeDiffer().isEmpty());
    }

    private static String openSsl(OpenSslRows.Row row) throws Exception {
        try (TlsServer server = TlsServer.start(row.server().key(), row.shown())) {
            List<String> command = new ArrayList<>(List.of("openssl", "s_client", "-brief"));
            command.addAll(List.of("-no-CAfile", "-no-CApath", "-no-CAstore"));
            command.addAll(List.of("-connect", "127.0.0.1:" + server.port(), "-servername", HOST));
            command.addAll(List.of("-attime", String.valueOf(NOW.getEpochSecond())));
            // RFC 7672 §3.1.1: no names with DANE-EE; s_client wants to be told that this is SMTP.
            command.addAll(List.of("-dane_tlsa_domain", HOST, "-dane_ee_no_namechecks"));
            for (TlsaRecord record : row.records()) {
                command.addAll(List.of("-dane_tlsa_rrdata", record.toString()));
            }
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            return output;
        }
    }
}
