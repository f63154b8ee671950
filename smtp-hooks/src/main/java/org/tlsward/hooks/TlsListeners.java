/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.hooks;

import com.google.inject.Inject;
import com.google.inject.Injector;
import com.google.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
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

    /**
     * Guice calls this.
     *
     * @param injector knows the SMTP servers, which are made later than what extensions bring
     */
    @Inject
    public TlsListeners(EmergencyStops stops, EmergencyDesk desk, WardHealth health, Injector injector) {
        this(stops, () -> SmtpPorts.of(injector));
        desk.everySecond(this::follow);
        health.add(this);
    }

    TlsListeners(EmergencyStops stops, Supplier<Collection<Listener>> listeners) {
        this.stops = stops;
        this.listeners = listeners;
        stops.onChange(this::follow);
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
        // Before it is tried: half closed is to be opened too. The first one knows where it listened.
        Listener known = closed.computeIfAbsent(listener.key(), key -> listener);
        attempt(known, "close", () -> {
            known.unbind();
            LOGGER.warn("emergency: a TLS port is closed");
        });
    }

    private void open(Listener listener) {
        attempt(listener, "open", () -> {
            if (!listener.isBound()) {
                listener.bind();
            }
            closed.remove(listener.key());
            LOGGER.warn("emergency: the TLS port {} is open again", listener);
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
                LOGGER.error("emergency: cannot {} {}; it is tried every second", what, listener, e);
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
