/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james;

import com.google.inject.Inject;
import com.google.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.apache.james.filesystem.api.FileSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.evidence.EvidenceAction;
import org.tlsward.evidence.EvidenceLog;
import org.tlsward.evidence.EvidenceRecord;
import org.tlsward.evidence.EvidenceUnavailableException;
import org.tlsward.evidence.LogLine;

/** The one evidence log of this server, below {@code var/evidence} unless the configuration says otherwise. */
@Singleton
public class WardEvidence {
    /** One line an attempt, in a logger of its own so that an admin can send it to a file of its own. */
    private static final Logger ATTEMPTS = LoggerFactory.getLogger("org.tlsward.attempts");

    private static final Logger LOGGER = LoggerFactory.getLogger(WardEvidence.class);

    private final EvidenceLog log;

    /** Guice calls this. */
    @Inject
    public WardEvidence(FileSystem files, Ward ward, WardHealth health) {
        log = EvidenceLog.open(EvidenceLog.Settings.usual(directory(files, ward)), Clock.systemUTC());
        health.add(log);
    }

    /** Where it is. */
    static Path directory(FileSystem files, Ward ward) {
        return ward.current().configuration().evidence().orElseGet(() -> ServerPaths.of(files, "file://var/")
                .resolve("evidence"));
    }

    /** True if what happens now can be proven later; mail that needs protection waits while it cannot. */
    public boolean isAvailable() {
        return log.problems().stream()
                .noneMatch(problem -> problem.severity() == org.tlsward.health.HealthProblem.Severity.UNHEALTHY);
    }

    /**
     * Writes what has happened, to the log at once and to the evidence before it comes back.
     *
     * @param sentence for people, about each record
     * @return false if the evidence could not be written: the health check is red, and what has happened cannot be undone
     */
    public boolean record(List<EvidenceRecord> records, List<Optional<String>> sentence) {
        for (int i = 0; i < records.size(); i++) {
            ATTEMPTS.info("{}", LogLine.of(records.get(i), sentence.get(i)));
        }
        try {
            log.append(records);
            return true;
        } catch (EvidenceUnavailableException e) {
            LOGGER.error("{} attempts are in this log only, the evidence could not be written", records.size(), e);
            return false;
        }
    }

    /**
     * Writes what is about to be done with a mail, before it is done.
     *
     * @param actions one for each recipient
     * @throws EvidenceUnavailableException if that cannot be proven later: then it must not be done
     */
    public void record(List<EvidenceAction> actions) {
        log.append(actions);
        for (EvidenceAction action : actions) {
            ATTEMPTS.info("{}", LogLine.of(action));
        }
    }
}
