/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.testing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.xbill.DNS.Message;
import org.xbill.DNS.SimpleResolver;

/** Somebody on the line: hands queries on to a server, and its answers back, and changes or swallows them as a test wants it. */
public final class DnsRelay implements AutoCloseable {
    private final FakeDnsServer front;

    /** Passes the answers of a server through a function; empty is silence. */
    public DnsRelay(InetSocketAddress server, Function<Message, Optional<Message>> change) {
        front = new FakeDnsServer(query -> ask(server, query, false).flatMap(change), query -> ask(server, query, true)
                .flatMap(change));
    }

    /** Changes every answer in place. */
    public static DnsRelay changing(InetSocketAddress server, UnaryOperator<Message> change) {
        return new DnsRelay(server, change.andThen(Optional::of));
    }

    private static Optional<Message> ask(InetSocketAddress server, Message query, boolean overTcp) {
        SimpleResolver client = new SimpleResolver(server);
        client.setTCP(overTcp);
        client.setIgnoreTruncation(true);
        client.setTimeout(Duration.ofSeconds(2));
        try {
            return Optional.of(client.send(query));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return front.address();
    }

    @Override
    public void close() {
        front.close();
    }
}
