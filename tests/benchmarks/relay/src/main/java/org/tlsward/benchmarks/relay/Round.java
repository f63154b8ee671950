/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.benchmarks.relay;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Sends a load through a server and waits until it has arrived. */
record Round(Sink sink, Arrivals arrivals) {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    Measured run(Relay relay, Load load) throws IOException, InterruptedException {
        long recipients = 0;
        long arriving = 0;
        for (int i = 0; i < load.messages(); i++) {
            List<String> to = load.recipients().apply(i);
            if (DeadDestinations.lives(to.get(0))) {
                recipients += to.size();
                arriving++;
            }
        }
        arrivals.expect(recipients);
        long connectionsBefore = sink.connections();
        long cpuBefore = relay.group().cpuNanos();
        long begin = System.nanoTime();
        load.send(relay.port(), "m" + begin);
        long accepted = System.nanoTime();
        long last = arrivals.await(PATIENCE);
        // What is done for these mails after they have left: logs, records, the queue.
        Thread.sleep(1_500);
        long cpu = relay.group().cpuNanos() - cpuBefore;
        return new Measured(
                arriving / seconds(last - begin),
                load.messages() / seconds(accepted - begin),
                cpu / 1e6 / load.messages(),
                relay.group().memory() / 1048576.0,
                sink.connections() - connectionsBefore,
                Math.max(0, recipients - arrivals.arrived()),
                Math.max(0, arrivals.arrived() - recipients));
    }

    private static double seconds(long nanos) {
        return nanos / 1e9;
    }
}
