/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.delivery;

import java.util.List;

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
     * @param explanation for people
     */
    record Unknown(String explanation) implements HostChoice {}
}
