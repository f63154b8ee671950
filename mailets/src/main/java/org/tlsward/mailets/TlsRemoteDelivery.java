/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import com.google.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import org.apache.james.core.MailAddress;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.queue.api.MailQueueFactory.PrefetchCount;
import org.apache.james.queue.api.MailQueueName;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Mail;
import org.apache.mailet.ProcessingState;
import org.apache.mailet.base.GenericMailet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.attest.AttestedMessage;
import org.tlsward.attest.AttestedMessage.Notary;
import org.tlsward.delivery.Shipment;
import org.tlsward.james.DestinationMemory;
import org.tlsward.james.OutgoingMail;
import org.tlsward.james.RecipientNotes;
import org.tlsward.james.ServerFacts;
import org.tlsward.james.WaitingNote;
import org.tlsward.james.Ward;
import org.tlsward.james.WardAttributes;
import org.tlsward.james.WardEvidence;
import org.tlsward.james.WardGauges;
import org.tlsward.james.WardHealth;
import org.tlsward.james.WardMetrics;
import org.tlsward.james.quarantine.Quarantine;
import org.tlsward.mailets.MailShipments.Addressee;
import org.tlsward.outbound.HostName;
import org.tlsward.policy.RequireHeader;
import org.tlsward.policy.Requirement;
import org.tlsward.policy.RequirementText;

/**
 * Delivers mail to other servers, each recipient over TLS that meets its requirement, and hands over what may not travel. Takes the place of
 * {@code RemoteDelivery}, which falls back to cleartext.
 *
 * <pre><code>
 * &lt;mailet match="All" class="org.tlsward.mailets.TlsRemoteDelivery"&gt;
 *   &lt;outgoing&gt;outgoing-tlsward&lt;/outgoing&gt;
 *   &lt;withheldProcessor&gt;tls-withheld&lt;/withheldProcessor&gt;
 *   &lt;bounceProcessor&gt;bounces&lt;/bounceProcessor&gt;
 * &lt;/mailet&gt;
 * </code></pre>
 *
 * <ul>
 *   <li>{@code outgoing}: its queue, default {@code outgoing-tlsward}.
 *   <li>{@code withheldProcessor}, {@code bounceProcessor}: where mail goes that may not travel, and that a server refuses. Required.
 *   <li>{@code delayedProcessor}: where a copy goes once when a mail waits longer than the {@code warnAfter} of its class,
 *       and when the sender asked for a notice of success that only we can send; both are for {@link NotifyDelay}.
 *   <li>{@code onDeliveredProcessor}: where a copy goes of what was delivered.
 *   <li>{@code port}: where MX hosts listen, default 25. {@code heloName}: default the name of this machine. {@code bind}: addresses to connect
 *       from, at most one of each family.
 *   <li>{@code delayTime}: between attempts, as {@code RemoteDelivery} has it: {@code 1 minute, 3*10 minutes, 1 hour}; the last is repeated.
 *       When a mail is given up is said by its class in {@code tlsward.xml}.
 *   <li>{@code gateway}, {@code gatewayUsername}, {@code gatewayPassword}: a smart host; TLS is required of it as of any next hop.
 *   <li>{@code threads}: attempts at a time, default 200; {@code maxConnectionsPerDestination}: default 10. One destination never has more
 *       than half of the threads.
 *   <li>{@code signedHeader}: {@code true} adds {@code X-TLSWard-Delivery} to what goes over TLS: when, from which server to which, over
 *       which TLS, tied to this mail and signed by the key of the evidence. Receivers who have {@code signing-key.pub.pem} check it with
 *       {@code tlsward headers --key}. Default {@code false}.
 *   <li>{@code delayedDelivery}: who keeps mail back that waits for its next attempt. {@code queue}: the queue itself. {@code wait-queues}:
 *       queues beside it ({@code outgoing-tlsward-wait-1m} and so on), for a broker without delays. {@code auto}, the default: wait queues on
 *       RabbitMQ, else the queue; a kind of queue that is not known stops the start.
 * </ul>
 *
 * An unknown parameter stops the start. Never throws afterwards: what cannot be queued goes to the processor {@code error}.
 */
public class TlsRemoteDelivery extends GenericMailet {
    private static final Logger LOGGER = LoggerFactory.getLogger(TlsRemoteDelivery.class);

    private static final int MOST_TRIES = 6;

    private final Server server;
    private final Duration betweenTries;
    private DeliveryParameters parameters;
    private OutgoingQueue queue;
    private QueueDesk desk;
    private MailShipments shipments;
    private LiveDelivery delivery;
    private Runnable renewal;
    private OutgoingQueueRunner runner;

    /** What it needs of the server; Guice makes it. */
    static class Server {
        private final MailQueueFactory<?> queues;
        private final Ward ward;
        private final WardEvidence evidence;
        private final WardHealth health;
        private final MailDemand demands;
        private final RunningQueues runningQueues;
        private final DestinationMemory memory;
        private final OutgoingMail outgoing;
        private final ServerFacts facts;
        private final TlsReportSessions sessions;
        private final Numbers numbers;

        @Inject
        Server(
                MailQueueFactory<?> queues,
                Ward ward,
                WardEvidence evidence,
                WardHealth health,
                MailDemand demands,
                RunningQueues runningQueues,
                DestinationMemory memory,
                OutgoingMail outgoing,
                ServerFacts facts,
                TlsReportSessions sessions,
                Numbers numbers) {
            this.queues = queues;
            this.ward = ward;
            this.evidence = evidence;
            this.health = health;
            this.demands = demands;
            this.runningQueues = runningQueues;
            this.memory = memory;
            this.outgoing = outgoing;
            this.facts = facts;
            this.sessions = sessions;
            this.numbers = numbers;
        }
    }

    /** Metrics; the gauges are there as soon as somebody delivers. */
    static final class Numbers {
        private final WardMetrics metrics;

        @Inject
        Numbers(WardMetrics metrics, WardGauges gauges) {
            this.metrics = metrics;
            gauges.begin();
        }

        Numbers(WardMetrics metrics) {
            this.metrics = metrics;
        }

        WardMetrics metrics() {
            return metrics;
        }
    }

    /** Guice calls this. */
    @Inject
    TlsRemoteDelivery(Server server) {
        this(server, Duration.ofSeconds(2));
    }

    /** One that has another patience with its queue, for tests. */
    TlsRemoteDelivery(Server server, Duration betweenTries) {
        this.server = server;
        this.betweenTries = betweenTries;
    }

    @Override
    public void init() throws MessagingException {
        parameters = DeliveryParameters.read(getMailetConfig());
        Clock clock = Clock.systemUTC();
        InnerErrors errors = new InnerErrors(clock);
        UnderWay underWay = new UnderWay();
        queue = open(new SteppedQueue.Surroundings(clock, underWay, errors));
        shipments = new MailShipments(server.demands, parameters, errors);
        if (!server.runningQueues.take(parameters)) {
            return; // another declaration with the same settings runs this queue
        }
        try {
            delivery = new LiveDelivery(
                    parameters,
                    server.ward.current().configuration(),
                    server.facts.take(),
                    new HandshakeTimes(server.numbers.metrics()));
        } catch (IOException e) {
            throw new MessagingException("tlsward.xml: " + e.getMessage(), e);
        }
        server.health.add(delivery);
        server.health.add(errors);
        renewal = delivery::renew;
        server.demands.onStops(renewal);
        run(new SteppedQueue.Surroundings(clock, underWay, errors));
    }

    private OutgoingQueue open(SteppedQueue.Surroundings around) throws MessagingException {
        PrefetchCount prefetch = MailQueueFactory.prefetchCount(OutgoingQueueRunner.inHand(limits()));
        MailQueue ready = server.queues.createQueue(MailQueueName.of(parameters.queue()), prefetch);
        return QueueKind.needsWaitQueues(ready, parameters.delayed())
                ? new SteppedQueue(
                        parameters.queue(),
                        ready,
                        name -> server.queues.createQueue(MailQueueName.of(name), MailQueueFactory.prefetchCount(1)),
                        around)
                : new DelayingQueue(ready, around.clock());
    }

    private Lanes.Limits limits() {
        return Lanes.Limits.of(parameters.threads(), parameters.connections());
    }

    private void run(SteppedQueue.Surroundings around) {
        Settlement settlement = new Settlement(queue, getMailetContext(), parameters, around.clock(), () -> server.ward
                .current()
                .configuration()
                .rules()
                .values());
        AttemptMail attempt = new AttemptMail(
                new AttemptMail.Surroundings(
                        server.ward,
                        server.evidence,
                        server.memory,
                        server.outgoing,
                        new AttemptMail.Counters(server.sessions, server.numbers.metrics()),
                        around.errors(),
                        getMailetContext(),
                        around.clock()),
                // The lane of the destination has a connection to spare; who uses it otherwise is soon done.
                (configuration, shipment) ->
                        delivery.by(configuration).deliver(telling(shipment), Duration.ofSeconds(1)),
                shipments,
                settlement);
        runner = new OutgoingQueueRunner(
                queue,
                new OutgoingQueueRunner.Work(
                        attempt,
                        settlement,
                        around.underWay(),
                        around.errors(),
                        mail -> shipments.lane(mail, server.ward.current().configuration())),
                limits());
        desk = new QueueDesk(queue, around.underWay(), delivery.memory()::forget, around.clock());
        server.outgoing.add(desk);
        runner.start();
        queue.start();
    }

    private Shipment telling(Shipment shipment) {
        if (!parameters.signedHeader()) {
            return shipment;
        }
        Notary notary = new Notary(
                parameters.heloName().orElseGet(HostName::ofThisMachine),
                server.evidence::attest,
                server.evidence.key(),
                Clock.systemUTC());
        return shipment.with(new AttestedMessage(shipment.message(), notary));
    }

    @Override
    public void service(Mail mail) {
        List<MailAddress> left = new ArrayList<>(mail.getRecipients());
        if (Quarantine.isSealed(mail)) {
            LOGGER.error("{} is sealed and is not delivered (expected: tlsward quarantine release)", mail.getName());
            mail.setErrorMessage(
                    "sealed; send it to the processor of the quarantine, and release it by tlsward quarantine");
            mail.setState(Mail.ERROR);
            return;
        }
        try {
            prepare(mail);
            Map<MailShipments.Key, List<Addressee>> groups =
                    shipments.split(mail, server.ward.current().configuration(), Instant.now());
            int number = 0;
            for (Map.Entry<MailShipments.Key, List<Addressee>> group : groups.entrySet()) {
                List<MailAddress> some =
                        group.getValue().stream().map(Addressee::address).toList();
                enqueue(mail, some, RetryState.baseOf(mail.getName()) + "-" + number++);
                left.removeAll(some);
            }
            mail.setState(Mail.GHOST);
        } catch (Exception | LinkageError e) {
            // Not thrown: with onMailetException="ignore" the next mailet would get it, whatever that is.
            LOGGER.error("{} cannot be queued for {}", mail.getName(), left, e);
            mail.setRecipients(left);
            mail.setErrorMessage("cannot be queued: " + e);
            mail.setState(Mail.ERROR);
        }
    }

    /** A mail enters anew: what an earlier round has said of it is forgotten, what its header demands becomes a mark. */
    private static void prepare(Mail mail) throws MessagingException {
        RetryState.clear(mail);
        WaitingNote.clear(mail);
        WardAttributes.setArrivalOnce(mail, Instant.now());
        mail.removeAttribute(RecipientNotes.NAME);
        mail.removeAttribute(WardAttributes.WITHHELD_REASON);
        mail.removeAttribute(WardAttributes.WITHHELD_EXPLANATION);
        MimeMessage message = mail.getMessage();
        String[] demanded = message.getHeader(RequireHeader.NAME);
        if (demanded != null) {
            Requirement mark = WardAttributes.requirement(mail)
                    .map(RequirementText::parse)
                    .orElse(Requirement.NOTHING)
                    .join(RequireHeader.parse(Arrays.asList(demanded)));
            WardAttributes.setRequirement(mail, mark);
            message.removeHeader(RequireHeader.NAME); // our classes are nobody else's business
        }
    }

    private void enqueue(Mail mail, List<MailAddress> recipients, String name) throws MessagingException {
        MailImpl copy = MailImpl.duplicate(mail);
        try {
            copy.setName(name);
            copy.setRecipients(recipients);
            RetryState.first(name, Instant.now()).write(copy);
            store(copy, MOST_TRIES);
        } finally {
            LifecycleUtil.dispose(copy);
        }
    }

    /** A broker that is too busy for a moment is no reason to bother an operator with the mail; the spool waits with us. */
    private void store(Mail mail, int tries) throws MessagingException {
        try {
            queue.put(mail, Duration.ZERO);
        } catch (MessagingException | RuntimeException e) {
            if (tries == 1) {
                throw e;
            }
            LOGGER.warn("{} cannot be queued, it is tried again: {}", mail.getName(), e.toString());
            LockSupport.parkNanos(betweenTries.toNanos());
            store(mail, tries - 1);
        }
    }

    @Override
    public Collection<ProcessingState> requiredProcessingState() {
        return Stream.of(
                        Stream.of(parameters.withheldProcessor(), parameters.bounceProcessor()),
                        parameters.delayedProcessor().stream(),
                        parameters.onDeliveredProcessor().stream())
                .flatMap(names -> names)
                .map(ProcessingState::new)
                .toList();
    }

    @Override
    public void destroy() {
        if (runner != null) {
            server.outgoing.remove(desk);
            server.demands.forget(renewal);
            queue.stop();
            runner.stop();
            delivery.stop();
            server.facts.release();
            server.runningQueues.release(parameters);
        }
        for (MailQueue each : queue.all()) {
            try {
                each.close();
            } catch (IOException e) {
                LOGGER.warn("the queue {} cannot be closed", each.getName(), e);
            }
        }
    }
}
