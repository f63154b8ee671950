/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.james.protocols.smtp.core.ReceivedDataLineFilter;
import org.apache.james.smtpserver.CoreCmdHandlerLoader;
import org.junit.jupiter.api.Test;

/** What {@link TlsWardHandlers} makes of the list of James 3.9, which no artifact holds here. */
class James39HandlersTest {
    private final List<String> core39 = list("CoreCmdHandlerLoader");
    private final List<String> handlers = TlsWardHandlers.around(core39);

    private static List<String> list(String name) {
        try (InputStream in = James39HandlersTest.class.getResourceAsStream("/james39-core-handlers.txt")) {
            List<String> names = new ArrayList<>();
            boolean here = false;
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (line.startsWith("[")) {
                    here = line.equals("[" + name + "]");
                } else if (here && !line.isBlank()) {
                    names.add(line);
                }
            }
            return names;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void theListOfJames39ShouldBeThatOfJames38() {
        assertThat(core39).containsExactlyElementsOf(new CoreCmdHandlerLoader().getHandlers());
    }

    @Test
    void ourListShouldBeTheSameOnBoth() {
        assertThat(handlers).containsExactlyElementsOf(new TlsWardHandlers().getHandlers());
    }

    @Test
    void onlyOneShouldWriteAReceivedLine() {
        assertThat(handlers)
                .doesNotContain(ReceivedDataLineFilter.class.getName())
                .containsOnlyOnce(ReceivedTlsFilter.class.getName());
    }

    /** In 3.9 they are {@code <handler>} entries, never part of the list. */
    @Test
    void stockHooksOfRequireTlsShouldNotBeThere() {
        assertThat(handlers)
                .noneMatch(name -> name.contains("SmtpRequireTls"))
                .containsOnlyOnce(RequireTlsExtension.class.getName());
    }

    /** So the recorder's word is written last, after what James itself says of the TLS. */
    @Test
    void recorderShouldStandBehindTheAttributesOfJames() {
        assertThat(handlers.indexOf(SessionTlsRecorder.class.getName()))
                .isGreaterThan(handlers.indexOf("org.apache.james.smtpserver.AddDefaultAttributesMessageHook"));
    }

    @Test
    void withoutAuthShouldBeWhatJames39LeavesOutAndOurGuard() {
        List<String> stock = TlsWardHandlers.around(list("NoAuthCmdHandlerLoader")).stream()
                .filter(name -> !name.equals(CleartextAuthGuard.class.getName()))
                .toList();

        assertThat(TlsWardNoAuthHandlers.withoutAuth(handlers)).containsExactlyElementsOf(stock);
        assertThat(new TlsWardNoAuthHandlers().getHandlers()).containsExactlyElementsOf(stock);
    }
}
