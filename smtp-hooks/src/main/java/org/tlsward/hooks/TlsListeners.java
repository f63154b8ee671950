/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.hooks;

import com.google.inject.Inject;
import com.google.inject.Injector;
import com.google.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.james.protocols.lib.netty.AbstractConfigurableAsyncServer;
import org.apache.james.smtpserver.netty.SMTPServerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.health.HealthProblem;
import org.tlsward.health.HealthSource;
import org.tlsward.james.EmergencyDesk;
import org.tlsward.james.EmergencyStops;
import org.tlsward.james.WardHealth;

/**
 * The SMTP ports that are TLS from the first byte (465). While an operator has switched TLS off, or the whole server, they are closed, so
 * that no handshake runs; afterwards they are opened again. What cannot be done at once is tried every second.
 */
@Singleton
public class TlsListeners implements HealthSource {
    private static final Logger LOGGER = LoggerFactory.getLogger(TlsListeners.class);

    private final EmergencyStops stops;
    private final Supplier<Collection<Listener>> listeners;
    private final Map<Object, Listener> closed = new ConcurrentHashMap<>();
    private final Map<Object, String> failures = new ConcurrentHashMap<>();

    /** An SMTP port as James offers it. */
    interface Listener {
        /** Equal for the same one. */
        Object key();

        /** True if it is TLS from the first byte. */
        boolean isSecure();

        boolean isBound();

        void bind() throws Exception;

        void unbind() throws Exception;
    }

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
    }

    /**
     * Guice calls this.
     *
     * @param injector knows the SMTP servers, which are made later than what extensions bring
     */
    @Inject
    public TlsListeners(EmergencyStops stops, EmergencyDesk desk, WardHealth health, Injector injector) {
        this(stops, () -> servers(injector.getInstance(SMTPServerFactory.class)));
        desk.everySecond(this::follow);
        health.add(this);
    }

    TlsListeners(EmergencyStops stops, Supplier<Collection<Listener>> listeners) {
        this.stops = stops;
        this.listeners = listeners;
        stops.onChange(this::follow);
    }

    private static Collection<Listener> servers(SMTPServerFactory factory) {
        List<AbstractConfigurableAsyncServer> servers = factory.getServers();
        List<Listener> all = new ArrayList<>();
        if (servers != null) { // James has not begun to listen
            servers.forEach(server -> all.add(new JamesListener(server)));
        }
        return all;
    }

    /** Opens and closes what should be. */
    synchronized void follow() {
        boolean off = stops.tlsLimits().off().isPresent();
        if (off) {
            listeners.get().stream()
                    .filter(each -> each.isSecure() && each.isBound())
                    .forEach(this::close);
        } else {
            // Only what was closed here: others may have been closed by an administrator.
            List.copyOf(closed.values()).forEach(this::open);
        }
    }

    private void close(Listener listener) {
        // Before it is tried: half closed is to be opened too.
        closed.put(listener.key(), listener);
        attempt(listener, "close", () -> {
            listener.unbind();
            LOGGER.warn("emergency: the TLS port {} is closed", listener.key());
        });
    }

    private void open(Listener listener) {
        attempt(listener, "open", () -> {
            if (!listener.isBound()) {
                listener.bind();
            }
            closed.remove(listener.key());
            LOGGER.warn("emergency: the TLS port {} is open again", listener.key());
        });
    }

    private interface Deed {
        void act() throws Exception;
    }

    private void attempt(Listener listener, String what, Deed deed) {
        try {
            deed.act();
            failures.remove(listener.key());
        } catch (Exception | LinkageError e) {
            if (failures.put(listener.key(), "cannot " + what + " a TLS port: " + e) == null) {
                LOGGER.error("emergency: cannot {} {}; it is tried every second", what, listener.key(), e);
            }
        }
    }

    @Override
    public List<HealthProblem> problems() {
        return failures.values().stream()
                .map(text -> new HealthProblem(HealthProblem.Severity.UNHEALTHY, "emergency stop", text))
                .toList();
    }
}
