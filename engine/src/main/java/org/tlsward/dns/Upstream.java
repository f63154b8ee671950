/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.dns;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.tlsward.dns.DnsAnswer.Trouble;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.SimpleResolver;

/** The recursive servers, asked one after the other until one answers the question. */
final class Upstream {
    private static final int UDP_PAYLOAD = 1232; // fits every path without fragments

    private final List<SimpleResolver> order = new ArrayList<>();

    Upstream(DnsServers servers) {
        List<SimpleResolver> once = servers.addresses().stream()
                .map(address -> resolver(address, servers))
                .toList();
        for (int round = 0; round < servers.rounds(); round++) {
            order.addAll(once);
        }
    }

    /**
     * An answer: no error or NXDOMAIN.
     *
     * @param message from it
     * @param server that sent it
     */
    record Reply(Message message, InetSocketAddress server) {}

    private static SimpleResolver resolver(InetSocketAddress address, DnsServers servers) {
        SimpleResolver resolver = new SimpleResolver(address);
        resolver.setTimeout(servers.timeout());
        resolver.setEDNS(0, UDP_PAYLOAD, ExtendedFlags.DO, List.of()); // RFC 4035 §4.1
        resolver.setIgnoreTruncation(false); // RFC 7766 §5: ask again over TCP
        return resolver;
    }

    /** Ends with a {@link LookupFailure} if no server answers. */
    CompletableFuture<Reply> ask(Message query, Budget budget) {
        return from(0, query, budget, new LookupFailure(Trouble.TIMEOUT, "no server was asked"));
    }

    private CompletableFuture<Reply> from(int index, Message query, Budget budget, LookupFailure before) {
        if (index == order.size()) {
            return CompletableFuture.failedFuture(before);
        }
        try {
            budget.spend();
        } catch (LookupFailure e) {
            return CompletableFuture.failedFuture(index == 0 ? e : before);
        }
        SimpleResolver resolver = order.get(index);
        return resolver.sendAsync(query, budget)
                .toCompletableFuture()
                .thenApply(message -> new Reply(message, resolver.getAddress()))
                .thenCompose(Upstream::usable)
                .exceptionallyCompose(
                        thrown -> from(index + 1, query, budget, worse(before, thrown, resolver.getAddress())));
    }

    private static CompletableFuture<Reply> usable(Reply reply) {
        Message message = reply.message();
        int code = message.getRcode();
        if (!message.getHeader().getFlag(Flags.QR) || message.getHeader().getOpcode() != Opcode.QUERY) {
            return failed("no answer but a query");
        }
        if (message.getHeader().getFlag(Flags.TC)) {
            return failed("an answer that is cut even over TCP");
        }
        return code == Rcode.NOERROR || code == Rcode.NXDOMAIN
                ? CompletableFuture.completedFuture(reply)
                : failed(Rcode.string(code) + reasons(message));
    }

    /** RFC 8914: why, if the server says it. */
    private static String reasons(Message message) {
        OPTRecord options = message.getOPT();
        return options == null
                ? ""
                : options.getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR).stream()
                        .map(option -> ((ExtendedErrorCodeOption) option).getErrorCode())
                        .map(code -> ", " + ExtendedErrorCodeOption.text(code))
                        .collect(Collectors.joining());
    }

    private static CompletableFuture<Reply> failed(String why) {
        return CompletableFuture.failedFuture(new LookupFailure(Trouble.SERVER, why));
    }

    /** An error that a server names says more than the silence of another. */
    private static LookupFailure worse(LookupFailure before, Throwable thrown, InetSocketAddress server) {
        LookupFailure now = LookupFailure.of(thrown);
        if (before.trouble() != Trouble.TIMEOUT && now.trouble() == Trouble.TIMEOUT) {
            return before;
        }
        String why = now.getMessage() + " (" + server.getAddress().getHostAddress() + " port " + server.getPort() + ")";
        return new LookupFailure(now.trouble(), why);
    }
}
