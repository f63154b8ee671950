/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.delivery;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tlsward.delivery.HostMemory.Trouble;
import org.tlsward.policy.Demand;
import org.tlsward.policy.TlsAttempt;
import org.tlsward.smtp.ServerName;

/** Goes from host to host and from address to address, best first. What is published is looked up for hosts that are reached. */
final class HostWalk {
    private final Destination destination;
    private final Set<Demand> demands;
    private final Publications publications;
    private final HostMemory memory;
    private final int mostConnections;
    private boolean complete = true;
    private int connections;

    /** What is done on the way. */
    interface Visitor {
        /** Nothing more is to be done. */
        boolean isDone();

        /** An address that is to be tried. */
        void attempt(HostCase hostCase);

        /** An address that did not answer lately. */
        void leaveAlone(HostCase hostCase, Trouble trouble);
    }

    /** One walk for these demands, of one group. */
    HostWalk(
            Destination destination,
            Set<Demand> demands,
            Publications publications,
            HostMemory memory,
            int mostConnections) {
        this.destination = destination;
        this.demands = demands;
        this.publications = publications.forOneDelivery();
        this.memory = memory;
        this.mostConnections = mostConnections;
    }

    /** True if no address was left out for being one too many. */
    boolean isComplete() {
        return complete;
    }

    void run(List<MailHost> hosts, Visitor visitor) {
        for (MailHost host : hosts) {
            if (visitor.isDone() || !visit(host, visitor)) {
                return;
            }
        }
    }

    private boolean visit(MailHost host, Visitor visitor) {
        HostPublication published = publications.about(host.question());
        for (ServerName server : host.servers(published.dane().serverName())) {
            HostCase hostCase = new HostCase(destination, demands, host, published, server);
            if (visitor.isDone()) {
                return false;
            }
            if (!Judgement.of(hostCase, new TlsAttempt.NotYet()).proceeds()) {
                visitor.attempt(hostCase); // refused without a connection, whatever the address
                return true;
            }
            Optional<Trouble> trouble = memory.trouble(server.address(), destination.domain());
            if (trouble.isPresent()) {
                visitor.leaveAlone(hostCase, trouble.get());
            } else if (connections == mostConnections) {
                complete = false;
                return false;
            } else {
                connections++;
                visitor.attempt(hostCase);
            }
        }
        return true;
    }
}
