/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.benchmarks.relay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * A small heap, a million members of a class, and mails that wait because their destination refuses connections. Then the destination is
 * back, and all have to arrive.
 */
final class BigBacklog {
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    private final Site site;
    private final Options options;

    BigBacklog(Site site, Options options) {
        this.site = site;
        this.options = options;
    }

    boolean run() throws Exception {
        int backlog = options.number("--backlog", 100_000);
        Arrivals arrivals = new Arrivals();
        int nobody = Site.freePort();
        try (Sink sink = new Sink(site.sinkTls(), arrivals);
                JamesRelay relay = james(nobody)) {
            relay.start();
            arrivals.expect(backlog);
            long begin = System.nanoTime();
            new Load(Comparison.SENDERS, backlog, Load.message(4096), n -> List.of("somebody@sink.example"))
                    .send(relay.port(), "m" + begin);
            tell("%,d mails taken in %.0f s", backlog, since(begin));
            tell(
                    "memory of the process while they wait: %.0f MiB",
                    relay.group().memory() / 1048576.0);
            Path configuration = relay.directory().resolve("conf/tlsward.xml");
            String text = Files.readString(configuration);
            relay.write(
                    "conf/tlsward.xml",
                    text.replace("[127.0.0.1]:" + nobody + "\"", "[127.0.0.1]:" + sink.port() + "\""));
            long back = System.nanoTime();
            arrivals.await(PATIENCE);
            tell("%,d of them arrived, in %.0f s after the destination came back", arrivals.arrived(), since(back));
            tell("memory of the process then: %.0f MiB", relay.group().memory() / 1048576.0);
            boolean full = Files.readString(relay.log()).contains("OutOfMemoryError");
            tell("out of memory: %s", full ? "yes" : "no");
            return !full && arrivals.arrived() == backlog;
        }
    }

    private JamesRelay james(int port) throws IOException {
        return new JamesRelay(
                        "ours",
                        JamesRelay.Kind.BACKLOG,
                        site,
                        port,
                        Comparison.rules(port),
                        JamesRelay.heap(options.text("--heap").orElse("512m")))
                .withMembers(options.number("--members", 1_000_000));
    }

    private static double since(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }

    private static void tell(String format, Object... values) {
        System.out.printf(Locale.ROOT, "- " + format + "%n", values);
    }
}
