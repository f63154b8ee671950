/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import java.util.LinkedHashMap;
import java.util.Map;

class BrokerQueueTest extends OutgoingQueueContract {
    private final Map<String, BrokerQueue> broker = new LinkedHashMap<>();

    @Override
    OutgoingQueue open() {
        SteppedQueue queue = new SteppedQueue(
                "out",
                broker("out"),
                this::broker,
                new SteppedQueue.Surroundings(clock, underWay, new InnerErrors(clock)));
        clock.whenMoved(queue::clockChanged);
        return queue;
    }

    private BrokerQueue broker(String name) {
        return broker.computeIfAbsent(name, key -> new BrokerQueue(key, 3));
    }

    @Override
    void crash() {
        broker.values().forEach(BrokerQueue::loseConsumer);
    }

    @Override
    boolean survives() {
        return true;
    }
}
