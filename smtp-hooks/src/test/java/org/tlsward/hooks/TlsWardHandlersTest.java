/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.apache.james.protocols.smtp.core.PostmasterAbuseRcptHook;
import org.apache.james.protocols.smtp.core.ReceivedDataLineFilter;
import org.apache.james.protocols.smtp.core.esmtp.AuthCmdHandler;
import org.apache.james.protocols.smtp.core.esmtp.StartTlsCmdHandler;
import org.apache.james.smtpserver.AuthRequiredToRelayRcptHook;
import org.apache.james.smtpserver.CoreCmdHandlerLoader;
import org.apache.james.smtpserver.JamesDataCmdHandler;
import org.apache.james.smtpserver.JamesMailCmdHandler;
import org.apache.james.smtpserver.JamesWelcomeMessageHandler;
import org.apache.james.smtpserver.SendMailHandler;
import org.junit.jupiter.api.Test;

class TlsWardHandlersTest {
    private final List<String> handlers = new TlsWardHandlers().getHandlers();

    @Test
    void everyHandlerShouldExist() throws Exception {
        for (String handler : handlers) {
            assertThat(Class.forName(handler)).isNotNull();
        }
    }

    @Test
    void everyCoreHandlerShouldStayButThoseThatWeReplace() {
        List<String> core = new ArrayList<>(new CoreCmdHandlerLoader().getHandlers());
        List<String> replaced =
                List.of(ReceivedDataLineFilter.class.getName(), JamesWelcomeMessageHandler.class.getName());
        core.removeAll(replaced);
        assertThat(handlers)
                .containsAll(core)
                .doesNotContainAnyElementsOf(replaced)
                .contains(EmergencyGreeting.class.getName(), ReceivedTlsFilter.class.getName());
    }

    @Test
    void gateShouldStandBetweenRelayCheckAndPostmasterHook() {
        assertOrder(AuthRequiredToRelayRcptHook.class, RecipientTlsGate.class, PostmasterAbuseRcptHook.class);
    }

    @Test
    void guardsShouldStandBeforeTheCommandsThatTheyGuard() {
        assertThat(handlers.get(0)).isEqualTo(EmergencyGuard.class.getName());
        assertOrder(StartTlsGuard.class, StartTlsCmdHandler.class);
        assertOrder(StartTlsGuard.class, JamesDataCmdHandler.class);
        assertOrder(CleartextAuthGuard.class, AuthCmdHandler.class);
        assertOrder(RequireTlsExtension.class, JamesMailCmdHandler.class);
    }

    @Test
    void whatWritesOntoTheMailShouldStandBeforeSpooling() {
        assertOrder(SessionTlsRecorder.class, SendMailHandler.class);
        assertOrder(RequireTlsExtension.class, SendMailHandler.class);
    }

    @Test
    void aJamesWithoutPlaceForTheGateShouldNotStart() {
        for (Class<?> landmark :
                List.of(PostmasterAbuseRcptHook.class, ReceivedDataLineFilter.class, SendMailHandler.class)) {
            List<String> core = new ArrayList<>(new CoreCmdHandlerLoader().getHandlers());
            core.remove(landmark.getName());

            assertThatThrownBy(() -> TlsWardHandlers.around(core))
                    .hasMessageContaining("lacks " + landmark.getName())
                    .hasMessageContaining("3.8 or 3.9");
        }
    }

    private void assertOrder(Class<?>... classes) {
        for (int i = 1; i < classes.length; i++) {
            assertThat(handlers.indexOf(classes[i].getName()))
                    .as("%s after %s", classes[i].getSimpleName(), classes[i - 1].getSimpleName())
                    .isGreaterThan(handlers.indexOf(classes[i - 1].getName()))
                    .isPositive();
        }
    }
}
