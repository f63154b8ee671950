/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.hooks;

import java.util.ArrayList;
import java.util.List;
import org.apache.james.protocols.lib.handler.HandlersPackage;
import org.apache.james.protocols.smtp.core.PostmasterAbuseRcptHook;
import org.apache.james.protocols.smtp.core.ReceivedDataLineFilter;
import org.apache.james.smtpserver.CoreCmdHandlerLoader;
import org.apache.james.smtpserver.JamesWelcomeMessageHandler;
import org.apache.james.smtpserver.SendMailHandler;

/**
 * All hooks of TLS Ward, and James' core handlers, in the order in which they are safe. In {@code smtpserver.xml}:
 *
 * <pre><code>
 * &lt;handlerchain coreHandlersPackage="org.tlsward.hooks.TlsWardHandlers"/&gt;
 * </code></pre>
 *
 * <ul>
 *   <li>What an emergency forbids is refused before anything else.
 *   <li>The guards and REQUIRETLS see a command before James' own handler of it.
 *   <li>The gate stands after {@code AuthRequiredToRelayRcptHook}, so that who may not relay learns nothing, and before
 *       {@code PostmasterAbuseRcptHook}, whose OK ends the round.
 *   <li>{@link EmergencyGreeting} takes the place of James' own greeting, {@link ReceivedTlsFilter} that of its own filter.
 *   <li>What writes onto the mail stands before {@code SendMailHandler}, which spools it.
 * </ul>
 *
 * The list is made from that of the James that runs, so that it is right for every release. A James whose list has no place for one of
 * ours does not start: a server without the gate would look like one with it.
 */
public class TlsWardHandlers implements HandlersPackage {
    private static final List<Class<?>> LANDMARKS = List.of(
            PostmasterAbuseRcptHook.class,
            JamesWelcomeMessageHandler.class,
            ReceivedDataLineFilter.class,
            SendMailHandler.class);

    @Override
    public List<String> getHandlers() {
        return around(new CoreCmdHandlerLoader().getHandlers());
    }

    /** Ours and those of James, in one list. */
    static List<String> around(List<String> cores) {
        List<String> missing = LANDMARKS.stream()
                .map(Class::getName)
                .filter(name -> !cores.contains(name))
                .toList();
        if (!missing.isEmpty()) {
            throw new IllegalStateException("this James is not supported: its list of core handlers lacks "
                    + String.join(", ", missing) + " (expected: James 3.8 or 3.9)");
        }
        List<String> handlers = new ArrayList<>();
        handlers.add(EmergencyGuard.class.getName());
        handlers.add(StartTlsGuard.class.getName());
        handlers.add(CleartextAuthGuard.class.getName());
        handlers.add(RequireTlsExtension.class.getName());
        handlers.add(HandshakeFailureRecorder.class.getName());
        for (String core : cores) {
            if (core.equals(PostmasterAbuseRcptHook.class.getName())) {
                handlers.add(RecipientTlsGate.class.getName());
                handlers.add(core);
            } else if (core.equals(JamesWelcomeMessageHandler.class.getName())) {
                handlers.add(EmergencyGreeting.class.getName());
            } else if (core.equals(ReceivedDataLineFilter.class.getName())) {
                handlers.add(ReceivedTlsFilter.class.getName());
            } else if (core.equals(SendMailHandler.class.getName())) {
                handlers.add(SessionTlsRecorder.class.getName());
                handlers.add(core);
            } else {
                handlers.add(core);
            }
        }
        return List.copyOf(handlers);
    }
}
