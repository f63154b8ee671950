/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.testing;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** The configuration files of the servers. Nothing of the host is read or written. */
final class NameServers {
    private NameServers() {}

    static String nsd(Path directory, InetSocketAddress address, Map<String, Path> files) {
        StringBuilder conf = new StringBuilder(
                """
                server:
                  ip-address: %2$s@%3$d
                  server-count: 1
                  username: ""
                  zonesdir: "%1$s"
                  database: ""
                  pidfile: "%1$s/nsd.pid"
                  xfrdfile: "%1$s/xfrd.state"
                  xfrdir: "%1$s"
                  zonelistfile: "%1$s/zone.list"
                  cookie-secret-file: "%1$s/cookie"
                  rrl-ratelimit: 0
                remote-control:
                  control-enable: no
                """
                        .formatted(directory, address.getAddress().getHostAddress(), address.getPort()));
        files.forEach(
                (name, file) -> conf.append("zone:\n  name: \"%s.\"\n  zonefile: \"%s\"\n".formatted(name, file)));
        return conf.toString();
    }

    static String unbound(
            Path directory,
            InetSocketAddress address,
            Path anchor,
            InetSocketAddress authoritative,
            Collection<Zone> zones) {
        StringBuilder conf = new StringBuilder(
                """
                server:
                  interface: %2$s@%3$d
                  chroot: ""
                  username: ""
                  directory: "%1$s"
                  pidfile: "%1$s/unbound.pid"
                  use-syslog: no
                  num-threads: 1
                  do-ip6: no
                  do-not-query-localhost: no
                  trust-anchor-file: "%4$s"
                  ede: yes
                  local-zone: "test." nodefault
                  local-zone: "invalid." nodefault
                  val-log-level: 2
                  qname-minimisation: no
                remote-control:
                  control-enable: no
                """
                        .formatted(directory, address.getAddress().getHostAddress(), address.getPort(), anchor));
        // A stub for each, because addresses in zones have no ports.
        for (Zone zone : zones) {
            InetSocketAddress server = zone.elsewhere().orElse(authoritative);
            conf.append("stub-zone:\n  name: \"%s.\"\n  stub-addr: %s@%d\n"
                    .formatted(zone.name(), server.getAddress().getHostAddress(), server.getPort()));
        }
        return conf.toString();
    }

    /** A second address of Unbound; a clause may stand twice. */
    static String alsoListening(Optional<InetSocketAddress> address) {
        return address.map(also -> "server:\n  interface: %s@%d\n"
                        .formatted(also.getAddress().getHostAddress(), also.getPort()))
                .orElse("");
    }
}
