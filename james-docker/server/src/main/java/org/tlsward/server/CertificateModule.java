/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.server;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Scopes;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.ProvidesIntoSet;
import java.time.Clock;
import java.util.Set;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.james.core.healthcheck.HealthCheck;
import org.apache.james.protocols.lib.netty.CertificateReloadable;
import org.apache.james.utils.InitializationOperation;
import org.apache.james.utils.InitilizationOperationBuilder;

/** Watches the certificates of all servers while they run. */
final class CertificateModule extends AbstractModule {

    private final ServerFiles files;

    CertificateModule(ServerFiles files) {
        this.files = files;
    }

    @Override
    protected void configure() {
        bind(CertificateTimer.class).in(Scopes.SINGLETON);
        Multibinder.newSetBinder(binder(), HealthCheck.class).addBinding().to(CertificateHealthCheck.class);
    }

    @Provides
    @Singleton
    CertificateWatch watch(Set<CertificateReloadable.Factory> servers, Clock clock) throws ConfigurationException {
        return new CertificateWatch(CertificateFiles.of(files), () -> reload(servers), clock);
    }

    @ProvidesIntoSet
    InitializationOperation start(CertificateTimer timer) {
        return InitilizationOperationBuilder.forClass(CertificateTimer.class).init(timer::start);
    }

    private static void reload(Set<CertificateReloadable.Factory> servers) throws Exception {
        for (CertificateReloadable.Factory factory : servers) {
            for (CertificateReloadable server : factory.certificatesReloadable().toList()) {
                server.reloadSSLCertificate();
            }
        }
    }
}
