/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Also what no browser sends. */
class OwnSiteTest {

    private final OwnSite site = new OwnSite(List.of("MailAdmin.klinik.example"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1:8000",
                "[::1]:8000",
                "localhost:8000",
                "LOCALHOST",
                "192.0.2.7",
                "mailadmin.KLINIK.example"
            })
    void ownHostShouldPass(String host) {
        assertThat(site.refusal(Optional.of(host), Optional.empty())).isEmpty();
    }

    // A name of somebody else that resolves to 127.0.0.1.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example:8000",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "",
                "a:b:c:d:x",
                "[",
                "x:y",
                "user@localhost",
                "localhost:8000@evil.example",
                "127.0.0.0/8",
                "[localhost]",
                "[127.0.0.1",
                "127.1"
            })
    void otherHostShouldBeRefused(String host) {
        assertThat(site.refusal(Optional.of(host), Optional.empty())).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:8000, http://127.0.0.1:8000",
        "localhost:8000, http://LOCALHOST:8000",
        "mailadmin.klinik.example, https://mailadmin.klinik.example"
    })
    void pageOfOursShouldPass(String host, String origin) {
        assertThat(site.refusal(Optional.of(host), Optional.of(origin))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://evil.example", "http://127.0.0.1:9000", "http://localhost:8000", "null", "", "http://["})
    void pageOfOthersShouldBeRefused(String origin) {
        assertThat(site.refusal(Optional.of("127.0.0.1:8000"), Optional.of(origin)))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:8000", "http://evil.example"})
    void requestWithoutHostShouldBeRefused(String origin) {
        assertThat(site.refusal(Optional.empty(), Optional.of(origin))).isPresent();
    }
}
