/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.benchmarks.relay;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Sends the same load through each server in turn, several rounds, and prints a table in Markdown.
 *
 * <pre>java ... RelayBenchmark PROJECT DIRECTORY [--scenario relay] [--rounds 5] [--seconds 8] [--only ours,postfix] [--exim PROGRAM]</pre>
 *
 * <ul>
 *   <li>{@code relay}: 20 senders, mails of 4 KiB, one destination, TLS 1.3 with the certificate verified.
 *   <li>{@code large}: the same with mails of 1 MiB.
 *   <li>{@code recipients}: the same with 50 recipients a mail, in three classes with three domains.
 *   <li>{@code cost}: ours with gate, classes and evidence, and without.
 *   <li>{@code destinations}: 200 destinations, and then 20 of them never answer.
 *   <li>{@code inbound}: how many a second are taken by the gate, over TLS, with {@code --members} of a class, and by James alone.
 *   <li>{@code backlog}: a heap of 512 MiB, a million members and {@code --backlog} waiting mails.
 * </ul>
 *
 * Ends with status 1 if a mail was lost.
 */
public final class RelayBenchmark {
    private RelayBenchmark() {}

    /** The program. */
    public static void main(String[] arguments) throws Exception {
        Options options = new Options(Arrays.asList(arguments).subList(2, arguments.length));
        Site site = new Site(
                Path.of(arguments[1]).toAbsolutePath(), Path.of(arguments[0]).toAbsolutePath());
        Files.createDirectories(site.directory());
        site.makeCertificates();
        String scenario = options.text("--scenario").orElse("relay");
        System.exit(run(scenario, site, options) ? 0 : 1);
    }

    private static boolean run(String scenario, Site site, Options options) throws Exception {
        List<String> one = List.of("somebody@sink.example");
        return switch (scenario) {
            case "relay" -> new Comparison(site, options, Load.message(4096), n -> one).run(Comparison::all);
            case "large" -> new Comparison(site, options, Load.message(1 << 20), n -> one).run(Comparison::all);
            case "recipients" -> {
                List<String> fifty = Comparison.recipients(50);
                yield new Comparison(site, options, Load.message(4096), n -> fifty).run(Comparison::all);
            }
            case "cost" -> new Comparison(site, options, Load.message(4096), n -> one).run(Comparison::withAndWithout);
            case "destinations" -> new DeadDestinations(site, options).run();
            case "inbound" -> new Inbound(site, options).run();
            case "backlog" -> new BigBacklog(site, options).run();
            default -> throw new IllegalArgumentException("unknown scenario " + scenario
                    + " (expected: relay, large, recipients, cost, destinations, inbound, backlog)");
        };
    }
}
