/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.delivery;

import java.util.List;
import java.util.Optional;
import org.tlsward.dns.DnsAnswer;
import org.tlsward.dns.DnsAnswer.Trouble;
import org.tlsward.policy.Reason;

/** Which hosts to try. */
sealed interface HostChoice {

    /**
     * These, in this order.
     *
     * @param hosts at least one
     * @param complete false if there are more, but their addresses could not be found out
     */
    record Hosts(List<MailHost> hosts, boolean complete) implements HostChoice {}

    /**
     * None, and that will not change by waiting.
     *
     * @param replyCode as if a server had said it
     * @param status the enhanced status code
     * @param explanation for people
     */
    record None(int replyCode, String status, String explanation) implements HostChoice {}

    /**
     * Nobody knows at present.
     *
     * @param trouble with DNS; empty if it is another
     * @param explanation for people
     */
    record Unknown(Optional<Trouble> trouble, String explanation) implements HostChoice {
        static Unknown of(DnsAnswer.Failed<?> failed) {
            return new Unknown(Optional.of(failed.trouble()), failed.why());
        }

        /** RFC 3463: §3.5 directory failure; §3.8 for what DNSSEC proves to be wrong. */
        String status() {
            return isBogus() ? Reason.DNSSEC_FAILED.deferredStatus() : "4.4.3";
        }

        /** With the stable word, if there is one. */
        String said() {
            return isBogus() ? Reason.DNSSEC_FAILED.word() + ": " + explanation : explanation;
        }

        private boolean isBogus() {
            return trouble.filter(Trouble.BOGUS::equals).isPresent();
        }
    }
}
