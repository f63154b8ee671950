/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james;

import com.google.inject.Inject;
import com.google.inject.Singleton;
import java.nio.file.Path;
import java.util.List;
import org.apache.james.filesystem.api.FileSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.config.LiveWard;
import org.tlsward.config.LiveWard.Snapshot;
import org.tlsward.health.HealthProblem;
import org.tlsward.health.HealthSource;
import org.tlsward.policy.ClassRule;
import org.tlsward.version.Version;

/**
 * The one ward of a server: {@code conf/tlsward.xml} and its classes, followed as they change. Whatever needs it, hook, matcher or mailet,
 * gets the same one from Guice, with or without {@code TlsWardModule}.
 *
 * <p>If the file is missing or broken, making it fails and James does not start. What it remembers (members of LDAP groups, sizes of member
 * files) is below {@code var/tlsward}.
 */
@Singleton
public class Ward implements HealthSource {
    private static final Logger LOGGER = LoggerFactory.getLogger(Ward.class);

    private final LiveWard live;
    private final Path state;

    /**
     * Guice calls this.
     *
     * @throws org.tlsward.config.WardConfigurationException if {@code tlsward.xml} cannot be used
     */
    @Inject
    public Ward(FileSystem files) {
        // First of all: who asks why it does not start wants to know what did not start.
        LOGGER.info("TLS Ward {}", Version.running());
        this.state = ServerPaths.of(files, "file://var/").resolve("tlsward");
        this.live = LiveWard.start(LiveWard.Settings.of(
                ServerPaths.of(files, "file://conf/").resolve("tlsward.xml"),
                url -> ServerPaths.of(files, url),
                state));
    }

    /** What is in force now. Take it once for each decision. */
    public Snapshot current() {
        return live.current();
    }

    /** Where things are kept that must survive a restart. */
    public Path stateDirectory() {
        return state;
    }

    /** True if there is such a class and it demands something. */
    public boolean isProtected(String className) {
        ClassRule rule = current().configuration().rules().get(className);
        return rule != null && rule.isProtected();
    }

    @Override
    public List<HealthProblem> problems() {
        return live.problems();
    }
}
