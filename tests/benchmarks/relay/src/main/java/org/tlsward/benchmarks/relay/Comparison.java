/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.benchmarks.relay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;

/** Several servers with one load, in turn. */
final class Comparison {
    static final int SENDERS = 20;

    private final Site site;
    private final Options options;
    private final String body;
    private final IntFunction<List<String>> recipients;

    Comparison(Site site, Options options, String body, IntFunction<List<String>> recipients) {
        this.site = site;
        this.options = options;
        this.body = body;
        this.recipients = recipients;
    }

    /** Which servers. */
    interface Field {
        List<Relay> relays(Comparison comparison, int sinkPort) throws IOException;
    }

    /** So many, one third in each of three classes. */
    static List<String> recipients(int count) {
        List<String> domains = List.of("sink.example", "medical.sink.example", "insurer.sink.example");
        List<String> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add("r" + i + "@" + domains.get(i % domains.size()));
        }
        return List.copyOf(all);
    }

    /** Rules for every domain of the sink. */
    static String rules(int sink) {
        return JamesRelay.destination("sink.example", sink) + JamesRelay.destination(".sink.example", sink);
    }

    /** Ours and the others. */
    List<Relay> all(int sink) throws IOException {
        List<Relay> all = new ArrayList<>();
        add(all, "ours", name -> james(name, JamesRelay.Kind.DURABLE, sink));
        add(all, "ours-memory", name -> james(name, JamesRelay.Kind.MEMORY, sink));
        add(all, "stock", name -> james(name, JamesRelay.Kind.STOCK, sink));
        add(all, "postfix-reuse", name -> new PostfixRelay(name, site, sink, true));
        add(all, "postfix", name -> new PostfixRelay(name, site, sink, false));
        if (options.text("--exim").isPresent()) {
            Path program = Path.of(options.text("--exim").get()).toAbsolutePath();
            add(all, "exim", name -> new EximRelay(name, site, sink, program));
        }
        return all;
    }

    /** What gate, classes and evidence cost. */
    List<Relay> withAndWithout(int sink) throws IOException {
        List<Relay> all = new ArrayList<>();
        add(all, "ours", name -> james(name, JamesRelay.Kind.DURABLE, sink));
        add(all, "bare", name -> james(name, JamesRelay.Kind.BARE, sink));
        return all;
    }

    private interface Maker {
        Relay make(String name) throws IOException;
    }

    private void add(List<Relay> all, String name, Maker maker) throws IOException {
        if (options.wants(name)) {
            all.add(maker.make(name));
        }
    }

    private Relay james(String name, JamesRelay.Kind kind, int sink) throws IOException {
        return new JamesRelay(
                name,
                kind,
                site,
                sink,
                rules(sink),
                JamesRelay.heap(options.text("--heap").orElse("1g")));
    }

    /** Runs it; true if nothing was lost. */
    boolean run(Field field) throws Exception {
        Arrivals arrivals = new Arrivals();
        try (Sink sink = new Sink(site.sinkTls(), arrivals)) {
            List<Relay> relays = field.relays(this, sink.port());
            try {
                Map<String, List<Measured>> results = rounds(relays, new Round(sink, arrivals));
                print(results);
                if (sink.cleartext() > 0) {
                    throw new IllegalStateException(sink.cleartext() + " mails came without TLS");
                }
                return results.values().stream().flatMap(List::stream).allMatch(round -> round.lost() == 0);
            } finally {
                for (Relay relay : relays) {
                    relay.close();
                }
            }
        }
    }

    private Map<String, List<Measured>> rounds(List<Relay> relays, Round round) throws Exception {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        Map<String, List<Measured>> results = new LinkedHashMap<>();
        for (Relay relay : relays) {
            relay.start();
            sizes.put(relay.name(), warmUp(relay, round));
            results.put(relay.name(), new ArrayList<>());
        }
        for (int i = 0; i < options.number("--rounds", 5); i++) {
            for (Relay relay : relays) {
                Measured measured = round.run(relay, load(sizes.get(relay.name())));
                results.get(relay.name()).add(measured);
                System.err.println(relay.name() + " " + measured);
            }
        }
        return results;
    }

    private Load load(int messages) {
        return new Load(SENDERS, messages, body, recipients);
    }

    /**
     * Compilers, caches, processes that are kept; a JVM needs ten thousands of mails for that.
     *
     * @return as many mails as take about the wanted time
     */
    private int warmUp(Relay relay, Round round) throws Exception {
        int messages = Math.max(20, 200_000 / (body.length() / 10 + 100));
        long end =
                System.nanoTime() + options.number("--warm-up", relay instanceof JamesRelay ? 60 : 10) * 1_000_000_000L;
        do {
            Measured warm = round.run(relay, load(messages));
            System.err.printf(Locale.ROOT, "%s warms up: %.0f/s%n", relay.name(), warm.messagesPerSecond());
            messages = Math.max(20, (int) (warm.messagesPerSecond() * options.number("--seconds", 8)));
        } while (System.nanoTime() < end);
        return messages;
    }

    private static void print(Map<String, List<Measured>> results) {
        System.out.println(
                "| server | messages a second | accepted a second | CPU ms a message | memory MiB | connections | lost | again |");
        System.out.println("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        results.forEach((name, rounds) -> System.out.printf(
                Locale.ROOT,
                "| %s | %s | %s | %s | %s | %s | %d | %d |%n",
                name,
                Measured.spread(rounds, Measured::messagesPerSecond, "%.0f"),
                Measured.spread(rounds, Measured::acceptedPerSecond, "%.0f"),
                Measured.spread(rounds, Measured::cpuMillis, "%.2f"),
                Measured.spread(rounds, Measured::memoryMiB, "%.0f"),
                Measured.spread(rounds, Measured::connections, "%.0f"),
                rounds.stream().mapToLong(Measured::lost).sum(),
                rounds.stream().mapToLong(Measured::again).sum()));
    }
}
