/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mtasts;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the store as the memory is. What could not be written is not given up: it is tried again, and told until it is there. */
final class StsDisk {
    private static final Logger LOGGER = LoggerFactory.getLogger(StsDisk.class);

    private final StsStore store;
    private final Set<String> unsaved = ConcurrentHashMap.newKeySet();
    private volatile Optional<String> unreadable = Optional.empty();
    private volatile String lastFailure = "";

    StsDisk(StsStore store) {
        this.store = store;
    }

    StsStore store() {
        return store;
    }

    Map<String, HeldPolicy> load() {
        try {
            Map<String, HeldPolicy> all = store.load();
            unreadable = Optional.empty();
            return all;
        } catch (IOException e) {
            LOGGER.error("the MTA-STS policies in {} cannot be read", store.directory(), e);
            unreadable = Optional.of(e.toString());
            return Map.of();
        }
    }

    /** Makes the store as the memory is now; one after the other, so that an older policy never overwrites a newer one. */
    synchronized void store(String domain, Supplier<Optional<HeldPolicy>> memory) {
        Optional<HeldPolicy> held = memory.get();
        try {
            if (held.isPresent()) {
                store.save(domain, held.get());
                unreadable = Optional.empty();
            } else {
                store.delete(domain);
            }
            unsaved.remove(domain);
        } catch (IOException e) {
            if (unsaved.isEmpty()) {
                LOGGER.error("the MTA-STS policy of {} cannot be written to {}", domain, store.directory(), e);
            }
            lastFailure = e.toString();
            unsaved.add(domain);
        }
    }

    /** Domains whose policies have to be written again. */
    Set<String> unsaved() {
        return Set.copyOf(unsaved);
    }

    /** What is wrong with the disk, and what to do. */
    Optional<String> trouble() {
        if (!unsaved.isEmpty()) {
            return Optional.of("the policies of " + unsaved.size() + " domains cannot be written to "
                    + store.directory() + " ("
                    + lastFailure + "): a restart would forget them, and mail would go out without their protection;"
                    + " make the directory writable, it is tried every minute");
        }
        return unreadable.map(why -> "the policies remembered in " + store.directory() + " cannot be read (" + why
                + "): make the directory readable and writable, and restart");
    }
}
