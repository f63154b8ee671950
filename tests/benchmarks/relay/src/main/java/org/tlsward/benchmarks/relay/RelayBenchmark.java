/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.benchmarks.relay;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Sends the same load through each server in turn, several rounds, and prints a table.
 *
 * <pre>java ... RelayBenchmark PROJECT DIRECTORY [--rounds 5] [--seconds 8] [--only ours,postfix] [--exim PROGRAM]</pre>
 *
 * Load: 20 senders, mails of 4 KiB, one destination, TLS 1.3 with the certificate verified. Ends with status 1 if a mail was lost.
 */
public final class RelayBenchmark {
    private static final int SENDERS = 20;
    private static final String BODY = Load.message(4096);
    private static final List<String> ONE = List.of("somebody@sink.example");

    private final Map<String, String> options = new LinkedHashMap<>();
    private final Site site;

    private RelayBenchmark(String[] arguments) {
        for (int i = 2; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i], arguments[i + 1]);
        }
        this.site = new Site(
                Path.of(arguments[1]).toAbsolutePath(), Path.of(arguments[0]).toAbsolutePath());
    }

    /** The program. */
    public static void main(String[] arguments) throws Exception {
        System.exit(new RelayBenchmark(arguments).run() ? 0 : 1);
    }

    private int number(String option, int otherwise) {
        return Integer.parseInt(options.getOrDefault(option, Integer.toString(otherwise)));
    }

    private boolean run() throws Exception {
        Files.createDirectories(site.directory());
        site.makeCertificates();
        Arrivals arrivals = new Arrivals();
        try (Sink sink = new Sink(site.sinkTls(), arrivals)) {
            List<Relay> relays = relays(sink.port());
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

    private List<Relay> relays(int sink) throws Exception {
        String rule = JamesRelay.destination("sink.example", sink) + JamesRelay.destination(".sink.example", sink);
        List<String> heap = JamesRelay.heap("1g");
        List<Relay> all = new ArrayList<>(List.of(
                new JamesRelay("ours", JamesRelay.Kind.DURABLE, site, sink, rule, heap),
                new JamesRelay("ours-memory", JamesRelay.Kind.MEMORY, site, sink, rule, heap),
                new JamesRelay("stock", JamesRelay.Kind.STOCK, site, sink, rule, heap),
                new PostfixRelay("postfix-reuse", site, sink, true),
                new PostfixRelay("postfix", site, sink, false)));
        if (options.containsKey("--exim")) {
            all.add(new EximRelay("exim", site, sink, Path.of(options.get("--exim")).toAbsolutePath()));
        }
        if (options.containsKey("--only")) {
            Set<String> only = new TreeSet<>(List.of(options.get("--only").split(",")));
            for (Relay each : List.copyOf(all)) {
                if (!only.contains(each.name())) {
                    each.close();
                    all.remove(each);
                }
            }
        }
        return all;
    }

    private Map<String, List<Measured>> rounds(List<Relay> relays, Round round) throws Exception {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        Map<String, List<Measured>> results = new LinkedHashMap<>();
        for (Relay relay : relays) {
            relay.start();
            // Warm: compilers, caches, processes that are kept. Then as many mails as take about the wanted time.
            int messages = 200;
            for (int i = 0; i < number("--warm-up", 4); i++) {
                Measured warm = round.run(relay, new Load(SENDERS, messages, BODY, n -> ONE));
                System.err.printf(Locale.ROOT, "%s warms up: %.0f/s%n", relay.name(), warm.messagesPerSecond());
                messages = Math.max(200, (int) (warm.messagesPerSecond() * number("--seconds", 8)));
            }
            sizes.put(relay.name(), messages);
            results.put(relay.name(), new ArrayList<>());
        }
        for (int i = 0; i < number("--rounds", 5); i++) {
            for (Relay relay : relays) {
                Measured measured = round.run(relay, new Load(SENDERS, sizes.get(relay.name()), BODY, n -> ONE));
                results.get(relay.name()).add(measured);
                System.err.println(relay.name() + " " + measured);
            }
        }
        return results;
    }

    private static void print(Map<String, List<Measured>> results) {
        System.out.println("| server | messages a second | accepted a second | CPU ms a message | memory MiB | connections | lost | again |");
        System.out.println("| --- | --- | --- | --- | --- | --- | --- | --- |");
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
