/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.hooks;

import com.google.inject.Injector;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.james.protocols.lib.netty.AbstractConfigurableAsyncServer;
import org.apache.james.smtpserver.netty.SMTPServerFactory;
import org.tlsward.hooks.TlsListeners.Listener;

/** The SMTP ports of a James. A class of its own: nobody needs James' servers before an emergency. */
final class SmtpPorts {
    private SmtpPorts() {}

    /**
     * A server of James.
     *
     * @param addresses where it listened when it was closed
     */
    private record JamesListener(AbstractConfigurableAsyncServer key, List<InetSocketAddress> addresses)
            implements Listener {
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
            // James leaves threads and open files behind when it cannot bind, and this is tried every second: look
            // first.
            for (InetSocketAddress address : addresses) {
                try (ServerSocket probe = new ServerSocket()) {
                    probe.setReuseAddress(true);
                    probe.bind(address);
                }
            }
            key.bind();
        }

        @Override
        public void unbind() {
            List<InetSocketAddress> open = key.getListenAddresses();
            if (!open.isEmpty()) {
                addresses.clear();
                addresses.addAll(open);
            }
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
            servers.forEach(server -> all.add(new JamesListener(server, new CopyOnWriteArrayList<>())));
        }
        return all;
    }
}
