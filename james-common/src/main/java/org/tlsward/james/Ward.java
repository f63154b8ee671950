/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james;

import com.google.inject.Inject;
import com.google.inject.Singleton;
import java.io.FileNotFoundException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.apache.james.filesystem.api.FileSystem;
import org.tlsward.classes.ClassDirectory;
import org.tlsward.classes.MailboxName;
import org.tlsward.classes.Membership;
import org.tlsward.config.LiveWard;
import org.tlsward.config.LiveWard.Snapshot;
import org.tlsward.config.WardConfiguration;
import org.tlsward.health.HealthProblem;
import org.tlsward.health.HealthSource;
import org.tlsward.policy.ClassRule;

/**
 * The one ward of a server: {@code conf/tlsward.xml} and its classes, followed as they change. Whatever needs it, hook, matcher or mailet,
 * gets the same one from Guice, with or without {@code TlsWardModule}.
 *
 * <p>If the file is missing or broken, making it fails and James does not start. What it remembers (members of LDAP groups, sizes of member
 * files) is below {@code var/tlsward}.
 */
@Singleton
public class Ward implements HealthSource {
    private final LiveWard live;

    /**
     * Guice calls this.
     *
     * @throws org.tlsward.config.WardConfigurationException if {@code tlsward.xml} cannot be used
     */
    @Inject
    public Ward(FileSystem files) {
        Path state = path(files, "file://var/").resolve("tlsward");
        this.live = LiveWard.start(new LiveWard.Settings(
                path(files, "file://conf/").resolve("tlsward.xml"),
                url -> path(files, url),
                configuration -> openClasses(configuration, state),
                LiveWard.Settings.USUAL_INTERVAL,
                Clock.systemUTC()));
    }

    private static Path path(FileSystem files, String url) {
        try {
            return files.getFile(url).toPath();
        } catch (FileNotFoundException e) {
            throw new UncheckedIOException(url + " cannot be found", e);
        }
    }

    private static Classes openClasses(WardConfiguration configuration, Path state) {
        return new Classes(ClassDirectory.open(new ClassDirectory.Settings(
                configuration.members(),
                configuration.defaultClass(),
                configuration.directory(),
                configuration.subAddressDelimiters(),
                state,
                Clock.systemUTC())));
    }

    /** The directory of classes as a part of a configuration. */
    private record Classes(ClassDirectory directory) implements LiveWard.ClassesUnit {
        @Override
        public Membership classesOf(MailboxName mailbox) {
            return directory.classesOf(mailbox);
        }

        @Override
        public List<HealthProblem> problems() {
            return directory.problems();
        }

        @Override
        public void close() {
            directory.close();
        }
    }

    /** What is in force now. Take it once for each decision. */
    public Snapshot current() {
        return live.current();
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
