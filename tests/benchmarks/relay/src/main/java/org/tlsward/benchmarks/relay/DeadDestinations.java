/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.benchmarks.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Mail to 200 destinations at once. In every other round, 20 of them take the connection and never say a word. How much of their rate do the
 * others keep?
 */
final class DeadDestinations {
    private static final int ALL = 200;
    private static final int DEAD = 20;

    private final Site site;
    private final Options options;

    DeadDestinations(Site site, Options options) {
        this.site = site;
        this.options = options;
    }

    /** A server that accepts connections and is silent. */
    private static final class Silence implements AutoCloseable {
        private final ServerSocket server = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
        private final List<Socket> held = new CopyOnWriteArrayList<>();

        Silence() throws IOException {
            Thread thread = new Thread(
                    () -> {
                        try {
                            while (!server.isClosed()) {
                                held.add(server.accept());
                            }
                        } catch (IOException e) {
                            // closed
                        }
                    },
                    "silence");
            thread.setDaemon(true);
            thread.start();
        }

        @Override
        public void close() throws IOException {
            server.close();
            for (Socket each : held) {
                each.close();
            }
        }
    }

    boolean run() throws Exception {
        Arrivals arrivals = new Arrivals();
        try (Sink sink = new Sink(site.sinkTls(), arrivals);
                Silence silence = new Silence();
                Relay relay = relay(sink.port(), silence.server.getLocalPort())) {
            relay.start();
            Round round = new Round(sink, arrivals);
            int messages = 2_000;
            long end = System.nanoTime() + options.number("--warm-up", 60) * 1_000_000_000L;
            do {
                Measured warm = round.run(relay, living(messages));
                System.err.printf(Locale.ROOT, "warms up: %.0f/s%n", warm.messagesPerSecond());
                messages = (int) (warm.messagesPerSecond() * options.number("--seconds", 8));
            } while (System.nanoTime() < end);
            List<Measured> without = new ArrayList<>();
            List<Measured> with = new ArrayList<>();
            for (int i = 0; i < options.number("--rounds", 5); i++) {
                without.add(round.run(relay, living(messages)));
                with.add(round.run(relay, withDead(messages)));
                System.err.println("all live " + without.get(i) + "\nwith dead " + with.get(i));
            }
            print(without, with);
            return without.stream().allMatch(each -> each.lost() == 0)
                    && with.stream().allMatch(each -> each.lost() == 0);
        }
    }

    private Relay relay(int sink, int silence) throws IOException {
        StringBuilder rules = new StringBuilder();
        for (int i = 0; i < ALL; i++) {
            rules.append(JamesRelay.destination("d" + i + ".example", i < DEAD ? silence : sink))
                    .append('\n');
        }
        return new JamesRelay("ours", JamesRelay.Kind.DURABLE, site, sink, rules.toString(), JamesRelay.heap("1g"));
    }

    private static Load living(int messages) {
        return new Load(
                Comparison.SENDERS,
                messages,
                Load.message(4096),
                n -> List.of("somebody@d" + (DEAD + n % (ALL - DEAD)) + ".example"));
    }

    /** As many to the living, and in the same share as many to the dead, which do not arrive and are not waited for. */
    private static Load withDead(int messages) {
        int more = messages * ALL / (ALL - DEAD);
        return new Load(
                Comparison.SENDERS, more, Load.message(4096), n -> List.of("somebody@d" + n % ALL + ".example"));
    }

    private static void print(List<Measured> without, List<Measured> with) {
        System.out.println("| 200 destinations | living mails a second | CPU ms a message | lost |");
        System.out.println("| --- | ---: | ---: | ---: |");
        print("all answer", without);
        print("20 never answer", with);
        System.out.printf(
                Locale.ROOT,
                "%nThe living keep %.0f %% of their rate (median of each).%n",
                100
                        * Measured.median(with, Measured::messagesPerSecond)
                        / Measured.median(without, Measured::messagesPerSecond));
    }

    private static void print(String name, List<Measured> rounds) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %s | %d |%n",
                name,
                Measured.spread(rounds, Measured::messagesPerSecond, "%.0f"),
                Measured.spread(rounds, Measured::cpuMillis, "%.2f"),
                rounds.stream().mapToLong(Measured::lost).sum());
    }

    /** Whether mail to this address will arrive. */
    static boolean lives(String address) {
        int at = address.indexOf("@d");
        int end = address.indexOf('.', at);
        return at < 0 || Integer.parseInt(address.substring(at + 2, end)) >= DEAD;
    }
}
