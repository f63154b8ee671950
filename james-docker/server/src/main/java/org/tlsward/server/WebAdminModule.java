/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.server;

import com.google.common.base.Splitter;
import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.io.FileNotFoundException;
import java.util.List;
import javax.inject.Named;
import org.apache.commons.configuration2.Configuration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.james.jwt.JwtTokenVerifier;
import org.apache.james.utils.PropertiesProvider;
import org.apache.james.webadmin.authentication.AuthenticationFilter;
import org.apache.james.webadmin.authentication.JwtFilter;
import org.apache.james.webadmin.authentication.NoAuthenticationFilter;

/** WebAdmin, not for web pages: {@link WebAdminGuard} before whatever authentication is configured. */
final class WebAdminModule extends AbstractModule {

    @Provides
    @Singleton
    AuthenticationFilter guard(PropertiesProvider properties, @Named("webadmin") JwtTokenVerifier.Factory jwt)
            throws ConfigurationException {
        try {
            Configuration configuration = properties.getConfiguration("webadmin");
            List<String> hosts = Splitter.on(',')
                    .trimResults()
                    .omitEmptyStrings()
                    .splitToList(String.join(",", configuration.getStringArray("tlsward.hosts")));
            return new WebAdminGuard(
                    hosts,
                    configuration.getBoolean("jwt.enabled", false) ? new JwtFilter(jwt) : new NoAuthenticationFilter());
        } catch (FileNotFoundException e) {
            // Without the file WebAdmin is off.
            return new WebAdminGuard(List.of(), new NoAuthenticationFilter());
        }
    }
}
