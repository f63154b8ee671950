/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import com.google.common.base.Splitter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.mail.MessagingException;
import org.apache.mailet.MailetConfig;
import org.tlsward.james.Outlet;
import org.tlsward.outbound.OutboundDelivery;
import org.tlsward.policy.Credentials;
import org.tlsward.policy.NextHop;

/**
 * The parameters of {@link TlsRemoteDelivery}, where they are explained. Those that {@code RemoteDelivery} of James has too keep their names.
 *
 * @param queue name of the queue
 * @param withheldProcessor where mail goes that may not travel
 * @param bounceProcessor where mail goes that a server refuses
 * @param delayedProcessor where a copy goes when the sender should know that it waits
 * @param onDeliveredProcessor where a copy goes that was delivered
 * @param port where MX hosts listen
 * @param heloName how we call ourselves
 * @param bind addresses to connect from
 * @param delays between the attempts; the last one is repeated
 * @param gateway a smart host for every destination without a {@code via} of its own
 * @param login what to log in with at the gateway
 * @param threads attempts at a time
 * @param connections to one destination at a time
 * @param delayed who delays mail that waits
 * @param signedHeader true to tell receivers in a signed header over which TLS a mail went
 */
record DeliveryParameters(
        String queue,
        String withheldProcessor,
        String bounceProcessor,
        Optional<String> delayedProcessor,
        Optional<String> onDeliveredProcessor,
        int port,
        Optional<String> heloName,
        List<InetAddress> bind,
        List<Duration> delays,
        Optional<NextHop> gateway,
        Optional<Credentials> login,
        int threads,
        int connections,
        Delayed delayed,
        boolean signedHeader) {
    private static final Set<String> NAMES = Set.of(
            "outgoing",
            "withheldProcessor",
            "bounceProcessor",
            "delayedProcessor",
            "onDeliveredProcessor",
            "port",
            "heloName",
            "bind",
            "delayTime",
            "gateway",
            "gatewayUsername",
            "gatewayPassword",
            "threads",
            "maxConnectionsPerDestination",
            "delayedDelivery",
            "signedHeader",
            "onMailetException");

    /** Soon at first, for greylisting; then as RFC 5321 §4.5.4.1 has it, at least half an hour apart. */
    private static final String USUAL_DELAYS = "1 minute, 5 minutes, 15 minutes, 30 minutes, 1 hour, 2 hours, 4 hours";

    private static final Pattern DELAY = Pattern.compile("(?:([1-9]\\d{0,2}) *\\* *)?([1-9]\\d{0,8}) *([a-zA-Z]*)");

    static DeliveryParameters read(MailetConfig config) throws MessagingException {
        for (Iterator<String> names = config.getInitParameterNames(); names.hasNext(); ) {
            String name = names.next();
            if (!NAMES.contains(name)) {
                throw unsupported(
                        "parameter",
                        name,
                        String.join(", ", NAMES.stream().sorted().toList()));
            }
        }
        return new DeliveryParameters(
                text(config, "outgoing").orElse("outgoing-tlsward"),
                text(config, "withheldProcessor").orElseThrow(() -> missing("withheldProcessor")),
                text(config, "bounceProcessor").orElseThrow(() -> missing("bounceProcessor")),
                text(config, "delayedProcessor"),
                text(config, "onDeliveredProcessor"),
                number(config, "port", NextHop.SMTP_PORT, 65_535),
                heloName(config),
                addresses(text(config, "bind").orElse("")),
                delays(text(config, "delayTime").orElse(USUAL_DELAYS)),
                gateway(config),
                login(config),
                number(config, "threads", 200, 10_000),
                number(config, "maxConnectionsPerDestination", 10, 1000),
                delayed(text(config, "delayedDelivery").orElse("auto")),
                flag(config, "signedHeader"));
    }

    private static boolean flag(MailetConfig config, String name) throws MessagingException {
        String value = text(config, name).orElse("false");
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw unsupported(name, value, "true or false");
        };
    }

    /** Who delays mail that waits. */
    enum Delayed {
        /** Whoever can, by the kind of the queue. */
        AUTO,
        /** The queue. */
        QUEUE,
        /** Wait queues beside it. */
        WAIT_QUEUES
    }

    private static Delayed delayed(String value) throws MessagingException {
        return switch (value) {
            case "auto" -> Delayed.AUTO;
            case "queue" -> Delayed.QUEUE;
            case "wait-queues" -> Delayed.WAIT_QUEUES;
            default -> throw unsupported("delayedDelivery", value, "auto, queue, wait-queues");
        };
    }

    private static Optional<String> text(MailetConfig config, String name) {
        return Optional.ofNullable(config.getInitParameter(name))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    private static int number(MailetConfig config, String name, int usual, int most) throws MessagingException {
        String value = text(config, name).orElse(Integer.toString(usual));
        if (!value.matches("[1-9][0-9]{0,5}") || Integer.parseInt(value) > most) {
            throw unsupported(name, value, "a number from 1 to " + most);
        }
        return Integer.parseInt(value);
    }

    /** RFC 5321 §4.1.1.1: a domain name, or an address literal. */
    private static Optional<String> heloName(MailetConfig config) throws MessagingException {
        Optional<String> name = text(config, "heloName");
        if (name.isPresent() && !name.get().matches("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\\[[0-9A-Za-z.:]+]")) {
            throw unsupported("heloName", name.get(), "a name like mail.klinik.example");
        }
        return name;
    }

    private static List<InetAddress> addresses(String value) throws MessagingException {
        List<InetAddress> addresses = new ArrayList<>();
        for (String literal : Splitter.on(',').trimResults().omitEmptyStrings().split(value)) {
            if (!literal.matches("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")) {
                throw unsupported("bind", literal, "IP addresses, at most one of each family, separated by commas");
            }
            try {
                InetAddress address = InetAddress.getByName(literal);
                if (addresses.stream().anyMatch(other -> other.getClass() == address.getClass())) {
                    throw unsupported("bind", value, "IP addresses, at most one of each family, separated by commas");
                }
                addresses.add(address);
            } catch (UnknownHostException e) {
                throw unsupported("bind", literal, "IP addresses, at most one of each family, separated by commas");
            }
        }
        return List.copyOf(addresses);
    }

    /** As James writes it: {@code 5 minutes, 3*10 minutes, 1 hour}; a number alone is milliseconds. */
    static List<Duration> delays(String value) throws MessagingException {
        List<Duration> delays = new ArrayList<>();
        for (String word : Splitter.on(',').trimResults().omitEmptyStrings().split(value)) {
            Matcher matcher = DELAY.matcher(word);
            if (!matcher.matches()) {
                throw unsupported("delayTime", word, "delays like: 5 minutes, 3*10 minutes, 1 hour");
            }
            int times = matcher.group(1) == null ? 1 : Integer.parseInt(matcher.group(1));
            Duration delay = unit(matcher.group(3), word).multipliedBy(Long.parseLong(matcher.group(2)));
            for (int i = 0; i < times; i++) {
                delays.add(delay);
            }
        }
        if (delays.isEmpty()) {
            throw unsupported("delayTime", value, "delays like: 5 minutes, 3*10 minutes, 1 hour");
        }
        return List.copyOf(delays);
    }

    private static Duration unit(String unit, String word) throws MessagingException {
        return switch (unit.toLowerCase(Locale.ROOT)) {
            case "", "ms", "msec", "msecs" -> Duration.ofMillis(1);
            case "s", "sec", "secs", "second", "seconds" -> Duration.ofSeconds(1);
            case "m", "min", "mins", "minute", "minutes" -> Duration.ofMinutes(1);
            case "h", "hour", "hours" -> Duration.ofHours(1);
            case "d", "day", "days" -> Duration.ofDays(1);
            default -> throw unsupported("delayTime", word, "the units msec, sec, minute, hour, day");
        };
    }

    private static Optional<NextHop> gateway(MailetConfig config) throws MessagingException {
        Optional<String> value = text(config, "gateway");
        try {
            return value.map(NextHop::parse);
        } catch (IllegalArgumentException e) {
            throw unsupported("gateway", value.orElse(""), e.getMessage());
        }
    }

    private static Optional<Credentials> login(MailetConfig config) throws MessagingException {
        Optional<String> user = text(config, "gatewayUsername");
        Optional<String> password = text(config, "gatewayPassword");
        if (user.isPresent() != password.isPresent()) {
            throw missing(user.isPresent() ? "gatewayPassword" : "gatewayUsername");
        }
        if (user.isPresent() && text(config, "gateway").isEmpty()) {
            throw missing("gateway");
        }
        return user.map(name -> new Credentials(name, password.orElseThrow()));
    }

    private static MessagingException missing(String name) {
        return new MessagingException("mailetcontainer.xml: TlsRemoteDelivery: " + name + " is missing");
    }

    private static MessagingException unsupported(String name, String value, String expected) {
        return new MessagingException("mailetcontainer.xml: TlsRemoteDelivery: unsupported " + name + " \"" + value
                + "\" (expected: " + expected + ")");
    }

    /** How it delivers, for whoever looks at a destination on the same way. */
    Outlet outlet() {
        return new Outlet(new OutboundDelivery.Options(port, heloName, bind, connections), gateway, login);
    }

    /** The delay before the attempt after so many that have failed. */
    Duration delayAfter(int tries) {
        return delays.get(Math.min(Math.max(tries, 1), delays.size()) - 1);
    }
}
