/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james;

import com.google.inject.AbstractModule;
import com.google.inject.Scopes;

/**
 * Makes a James that cannot protect mail refuse to start. In {@code extensions.properties}:
 *
 * <pre>
 * guice.extension.module=org.tlsward.james.TlsWardModule
 * </pre>
 *
 * <p>Everything else of TLS Ward finds what it needs by constructor injection, with or without this module. What it adds is the moment:
 * the ward, and with it {@code tlsward.xml}, is read while James starts and not when the first mail comes; so are the counts for TLS
 * reports, which are due whether mail comes or not, and emergency stops, which end whether mail comes or not.
 */
public final class TlsWardModule extends AbstractModule {
    @Override
    protected void configure() {
        bind(Ward.class).in(Scopes.SINGLETON);
        // Made at once, and the ward with it: what was stopped before the restart is stopped before the first mail
        // comes. Were
        // several eager, a broken configuration would be told as often.
        bind(WardStart.class).asEagerSingleton();
    }
}
