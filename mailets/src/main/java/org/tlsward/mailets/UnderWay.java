/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import javax.mail.MessagingException;

/**
 * Which queued mails somebody has in hand, and which were replaced by a copy, by their names. "Retry now" stores a copy that is due at once
 * before it takes the mail away; should the mail be handed out in between it is dropped here, so that nobody gets it twice.
 */
final class UnderWay {
    /** Only a mail that was on its way out of the queue while it was replaced is ever asked for. */
    private static final int MOST_REPLACED = 50_000;

    private final Set<String> inHand = new HashSet<>();
    private final Map<String, Boolean> replaced = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST_REPLACED;
        }
    };

    /** Stores the copy of a mail. */
    interface Store {
        void copy() throws MessagingException;
    }

    /** Takes a mail in hand; false if a copy took its place: it is over. */
    synchronized boolean begin(String name) {
        if (replaced.containsKey(name)) {
            return false;
        }
        inHand.add(name);
        return true;
    }

    synchronized void end(String name) {
        inHand.remove(name);
    }

    synchronized boolean isReplaced(String name) {
        return replaced.containsKey(name);
    }

    /** Replaces a mail by a copy; false if somebody has it in hand, or it was replaced already: then nothing is stored. */
    synchronized boolean replace(String name, Store store) throws MessagingException {
        if (inHand.contains(name) || replaced.containsKey(name)) {
            return false;
        }
        store.copy();
        replaced.put(name, true);
        return true;
    }
}
