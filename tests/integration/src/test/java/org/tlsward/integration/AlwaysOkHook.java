/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.integration;

import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.RcptHook;

/** What an admin may have beside us: a hook that says OK and so ends the round before the gate is asked. */
public class AlwaysOkHook implements RcptHook {
    @Override
    public HookResult doRcpt(SMTPSession session, MaybeSender sender, MailAddress recipient) {
        return HookResult.OK;
    }
}
