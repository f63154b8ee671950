/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.config;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.tlsward.classes.ClassDirectory;
import org.tlsward.classes.ClassGround;
import org.tlsward.classes.MailboxName;
import org.tlsward.classes.Membership;
import org.tlsward.health.HealthProblem;

/**
 * The classes of a configuration from files and groups.
 *
 * @param directory of them
 */
record OpenedClasses(ClassDirectory directory) implements LiveWard.ClassesUnit {

    static OpenedClasses of(WardConfiguration configuration, Path stateDirectory, Clock clock) {
        return new OpenedClasses(ClassDirectory.open(new ClassDirectory.Settings(
                configuration.members(),
                configuration.defaultClass(),
                configuration.directory(),
                configuration.subAddressDelimiters(),
                stateDirectory,
                clock)));
    }

    @Override
    public Membership classesOf(MailboxName mailbox) {
        return directory.classesOf(mailbox);
    }

    @Override
    public List<ClassGround> groundsOf(MailboxName mailbox) {
        return directory.groundsOf(mailbox);
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
