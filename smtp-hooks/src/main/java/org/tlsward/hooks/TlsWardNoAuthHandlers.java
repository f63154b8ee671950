/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.hooks;

import java.util.List;
import java.util.Set;
import org.apache.james.protocols.smtp.core.esmtp.AuthCmdHandler;
import org.apache.james.smtpserver.UsersRepositoryAuthHook;

/**
 * {@link TlsWardHandlers} for a server that only takes mail from other servers: without the command AUTH, so that nobody can try passwords
 * there. What {@code NoAuthCmdHandlerLoader} is to {@code CoreCmdHandlerLoader} in James 3.9; this one works on 3.8 as well:
 *
 * <pre><code>
 * &lt;handlerchain coreHandlersPackage="org.tlsward.hooks.TlsWardNoAuthHandlers"/&gt;
 * </code></pre>
 */
public class TlsWardNoAuthHandlers extends TlsWardHandlers {
    private static final Set<String> LEFT_OUT = Set.of(
            AuthCmdHandler.class.getName(),
            UsersRepositoryAuthHook.class.getName(),
            CleartextAuthGuard.class.getName()); // it would answer AUTH, and so tell that there is one

    @Override
    public List<String> getHandlers() {
        return withoutAuth(super.getHandlers());
    }

    static List<String> withoutAuth(List<String> handlers) {
        return handlers.stream().filter(name -> !LEFT_OUT.contains(name)).toList();
    }
}
