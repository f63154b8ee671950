/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.tlsward.policy.Reason;

/**
 * What came of it.
 *
 * @param outcome how it ended
 * @param reason why it may not travel, if that was the obstacle
 * @param verdicts short words about the peer, for example {@code dane}, {@code chain-expired}
 * @param reply what the remote server said last
 * @param detail what went wrong where the remote server did not say it, in words of ours
 * @param duration from the first look-up to the last reply
 * @param traffic bytes of envelope and message that were sent
 * @param acknowledged true if the remote server answered the end of the message
 */
public record Result(
        RecordedOutcome outcome,
        Optional<Reason> reason,
        List<String> verdicts,
        Optional<String> reply,
        Optional<String> detail,
        Duration duration,
        Traffic traffic,
        boolean acknowledged) {

    /** Copies its arguments. */
    public Result {
        verdicts = List.copyOf(verdicts);
    }

    /**
     * Bytes of envelope and message that were sent.
     *
     * @param inCleartext before the handshake, or without one
     * @param insideTls after the handshake
     */
    public record Traffic(long inCleartext, long insideTls) {}

    Result with(AddressForm form) {
        return new Result(
                outcome,
                reason,
                verdicts,
                reply.map(form::reply),
                detail.map(form::reply).filter(text -> !text.isEmpty()),
                duration,
                traffic,
                acknowledged);
    }
}
