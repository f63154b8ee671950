/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.hooks;

import org.apache.james.protocols.smtp.SMTPResponse;
import org.tlsward.explain.GateReply;
import org.tlsward.policy.EmergencyStop;

/** What clients are told in an emergency: never that it is for good. */
final class EmergencyReplies {
    private EmergencyReplies() {}

    /** RFC 5321 §3.8: 421, and the connection ends. */
    static SMTPResponse goodbye(EmergencyStop stop) {
        SMTPResponse reply = response(GateReply.goodbye(stop));
        reply.setEndSession(true);
        return reply;
    }

    /** RFC 3207 §4: 454 TLS not available due to temporary reason. */
    static SMTPResponse noTls(EmergencyStop stop) {
        return response(GateReply.noTls(stop));
    }

    /** RFC 4954 §6: 454 4.7.0 Temporary authentication failure: a password is not asked for in cleartext. */
    static SMTPResponse noAuth(EmergencyStop stop) {
        return response(GateReply.noAuth(stop));
    }

    private static SMTPResponse response(GateReply reply) {
        return new SMTPResponse(reply.code(), reply.text());
    }
}
