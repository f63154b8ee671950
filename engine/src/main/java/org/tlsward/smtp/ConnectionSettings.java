/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.smtp;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * What all connections of ours have in common.
 *
 * @param heloName how we call ourselves in EHLO
 * @param bind local addresses to connect from, at most one of each family; a family without one is left to the system
 * @param times how long to wait
 * @param limits how much to read
 * @param transcript hears every conversation
 */
public record ConnectionSettings(
        String heloName, List<InetAddress> bind, StepTimes times, ReplyLimits limits, Transcript transcript) {

    /** Copies its arguments. */
    public ConnectionSettings {
        bind = List.copyOf(bind);
    }

    /** With nobody who listens. */
    public ConnectionSettings(String heloName, List<InetAddress> bind, StepTimes times, ReplyLimits limits) {
        this(heloName, bind, times, limits, Transcript.NONE);
    }

    /** With the times and limits of the standards. */
    public static ConnectionSettings standard(String heloName) {
        return new ConnectionSettings(heloName, List.of(), StepTimes.RFC_5321, ReplyLimits.DEFAULT);
    }

    Optional<InetAddress> localFor(InetAddress remote) {
        return bind.stream()
                .filter(local -> local.getAddress().length == remote.getAddress().length)
                .findFirst();
    }
}
