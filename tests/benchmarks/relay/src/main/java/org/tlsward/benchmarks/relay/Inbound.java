/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.benchmarks.relay;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** How many mails a second are taken over TLS, for members of a class: by the gate, and by James alone. Every mail is on the disk and then dropped. */
final class Inbound {
    private final Site site;
    private final Options options;
    private final int members;

    Inbound(Site site, Options options) {
        this.site = site;
        this.options = options;
        this.members = options.number("--members", 1_000_000);
    }

    private record Taken(double messagesPerSecond, double cpuMillis) {}

    boolean run() throws Exception {
        SSLContext tls = site.clientTls();
        try (Relay gate = james("gate", JamesRelay.Kind.GATE);
                Relay bare = james("no-gate", JamesRelay.Kind.NO_GATE)) {
            Map<Relay, List<Taken>> results = new LinkedHashMap<>();
            int messages = 5_000;
            for (Relay relay : List.of(gate, bare)) {
                relay.start();
                results.put(relay, new ArrayList<>());
                long end = System.nanoTime() + options.number("--warm-up", 40) * 1_000_000_000L;
                do {
                    messages = (int) (send(relay, messages, tls).messagesPerSecond() * options.number("--seconds", 8));
                } while (System.nanoTime() < end);
            }
            for (int i = 0; i < options.number("--rounds", 5); i++) {
                for (Relay relay : results.keySet()) {
                    results.get(relay).add(send(relay, messages, tls));
                }
            }
            print(results);
        }
        return true;
    }

    private Relay james(String name, JamesRelay.Kind kind) throws IOException {
        return new JamesRelay(
                        name,
                        kind,
                        site,
                        0,
                        "",
                        JamesRelay.heap(options.text("--heap").orElse("1g")))
                .withMembers(members);
    }

    private Taken send(Relay relay, int messages, SSLContext tls) throws IOException, InterruptedException {
        Load load = new Load(
                Comparison.SENDERS,
                messages,
                Load.message(4096),
                n -> List.of("member" + (int) (n * 7919L % members) + "@kardiologie.klinik.example"),
                Optional.of(tls));
        long cpu = relay.group().cpuNanos();
        long begin = System.nanoTime();
        load.send(relay.port(), "m" + begin);
        double seconds = (System.nanoTime() - begin) / 1e9;
        Thread.sleep(1_500);
        Taken taken = new Taken(messages / seconds, (relay.group().cpuNanos() - cpu) / 1e6 / messages);
        System.err.println(relay.name() + " " + taken);
        return taken;
    }

    private void print(Map<Relay, List<Taken>> results) {
        System.out.printf(Locale.ROOT, "| taken over TLS, %,d members | mails a second | CPU ms a mail |%n", members);
        System.out.println("| --- | ---: | ---: |");
        results.forEach((relay, rounds) -> System.out.printf(
                Locale.ROOT,
                "| %s | %.0f | %.2f |%n",
                relay.name(),
                Measured.median(rounds.stream()
                        .mapToDouble(Taken::messagesPerSecond)
                        .sorted()
                        .toArray()),
                Measured.median(
                        rounds.stream().mapToDouble(Taken::cpuMillis).sorted().toArray())));
    }
}
