/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.hooks;

import com.google.inject.Injector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.james.protocols.lib.netty.AbstractConfigurableAsyncServer;
import org.apache.james.smtpserver.netty.SMTPServerFactory;
import org.tlsward.hooks.TlsListeners.Listener;

/** The SMTP ports of a James. A class of its own: nobody needs James' servers before an emergency. */
final class SmtpPorts {
    private SmtpPorts() {}

    /** A server of James. */
    private record JamesListener(AbstractConfigurableAsyncServer key) implements Listener {
        @Override
        public boolean isSecure() {
            return key.isEnabled() && "secure".equals(key.getSocketType());
        }

        @Override
        public boolean isBound() {
            return key.isBound();
        }

        @Override
        public void bind() throws Exception {
            key.bind();
        }

        @Override
        public void unbind() {
            key.unbind();
        }

        @Override
        public String toString() {
            return String.join(", ", key.getBoundAddresses());
        }
    }

    /** All there are at this moment; none while James has not begun to listen. */
    static Collection<Listener> of(Injector injector) {
        List<AbstractConfigurableAsyncServer> servers =
                injector.getInstance(SMTPServerFactory.class).getServers();
        List<Listener> all = new ArrayList<>();
        if (servers != null) {
            servers.forEach(server -> all.add(new JamesListener(server)));
        }
        return all;
    }
}
