/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.webadmin;

import com.google.common.net.InetAddresses;
import com.google.inject.Inject;
import com.google.inject.Singleton;
import java.io.FileNotFoundException;
import java.net.InetAddress;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.commons.configuration2.BaseConfiguration;
import org.apache.commons.configuration2.Configuration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.james.utils.PropertiesProvider;
import org.tlsward.health.HealthProblem;
import org.tlsward.health.HealthProblem.Severity;
import org.tlsward.health.HealthSource;
import org.tlsward.james.Ward;
import org.tlsward.james.WardHealth;

/**
 * Tells when James' own routes show withheld mail to anybody: {@code GET /mailRepositories/.../mails/...} gives the whole message, and by
 * default asks nobody for a password.
 */
@Singleton
class OpenRepositories implements HealthSource {
    private final boolean open;
    private final String host;
    private final BooleanSupplier sealed;

    /** Guice calls this. */
    @Inject
    OpenRepositories(PropertiesProvider properties, Ward ward, WardHealth health) throws ConfigurationException {
        this(
                configuration(properties),
                asksForPasswords(),
                () -> ward.current().configuration().quarantine().key().isPresent());
        health.add(this);
    }

    /** @param asksForPasswords true if this James knows the key {@code password} */
    OpenRepositories(Configuration webAdmin, boolean asksForPasswords, BooleanSupplier sealed) {
        host = webAdmin.getString("host", "localhost");
        open = webAdmin.getBoolean("enabled", false)
                && !webAdmin.getBoolean("jwt.enabled", false)
                && !(asksForPasswords && !webAdmin.getString("password", "").isBlank())
                && !isLoopback(host);
        this.sealed = sealed;
    }

    /** James 3.9 does; James 3.8 does not look at the key, and whoever relies on it has an open door. */
    private static boolean asksForPasswords() {
        try {
            Class.forName(
                    "org.apache.james.webadmin.authentication.PasswordFilter",
                    false,
                    OpenRepositories.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static Configuration configuration(PropertiesProvider properties) throws ConfigurationException {
        try {
            return properties.getConfiguration("webadmin");
        } catch (FileNotFoundException e) {
            return new BaseConfiguration(); // without the file WebAdmin is off
        }
    }

    private static boolean isLoopback(String host) {
        String name = host.strip();
        if (name.equals("localhost")) {
            return true;
        }
        if (!InetAddresses.isInetAddress(name)) {
            return false; // what a name means is for DNS to say
        }
        InetAddress address = InetAddresses.forString(name);
        return address.isLoopbackAddress();
    }

    @Override
    public List<HealthProblem> problems() {
        if (!open) {
            return List.of();
        }
        String what = sealed.getAsBoolean()
                ? "whoever reaches WebAdmin at " + host + " can remove withheld mail (it is sealed: nobody can read it)"
                : "whoever reaches WebAdmin at " + host + " can read withheld mail (GET /mailRepositories)";
        return List.of(new HealthProblem(
                Severity.DEGRADED,
                "webadmin",
                what
                        + " without a password (expected in webadmin.properties: host=127.0.0.1, or jwt.enabled=true; with James 3.9 also"
                        + " password=...)"));
    }
}
