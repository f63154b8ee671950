/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.classes;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.tlsward.health.HealthProblem;
import org.tlsward.health.HealthProblem.Severity;

/** All groups of one directory, read one after the other over one connection, in the background. */
final class LdapGroups {
    /** While something is missing it is tried more often than {@link LdapDirectory#refresh}. */
    private static final Duration RETRY = Duration.ofSeconds(10);

    /** So many turns may be missed until it is reported. */
    private static final int LATE = 3;

    private final LdapDirectory directory;
    private final LdapConnector connector;
    private final List<LdapGroup> groups;
    private final Clock clock;
    private volatile Instant finished;

    LdapGroups(LdapDirectory directory, LdapConnector connector, List<LdapGroup> groups, Clock clock) {
        this.directory = directory;
        this.connector = connector;
        this.groups = List.copyOf(groups);
        this.clock = clock;
        this.finished = clock.instant();
    }

    /** Reads all groups. */
    synchronized void refresh() {
        try (LDAPConnection connection = connector.connect()) {
            for (LdapGroup group : groups) {
                refresh(group, connection);
            }
        } catch (LDAPException e) {
            if (!Thread.currentThread().isInterrupted()) {
                groups.forEach(group -> group.failed(LdapConnector.reason(e)));
            }
        }
        finished = clock.instant();
    }

    private void refresh(LdapGroup group, LDAPConnection connection) {
        try {
            group.read(LdapGroupReader.read(connection, connector, group.dn()));
        } catch (LDAPException e) {
            // an interrupt is our own stop, not the directory's fault
            if (!Thread.currentThread().isInterrupted()) {
                group.failed(LdapConnector.reason(e));
            }
        }
    }

    void look() {
        groups.forEach(LdapGroup::look);
    }

    /** How long a start waits for the first reading. */
    Duration firstReading() {
        return connector.connectLimit().plus(directory.timeLimit());
    }

    /** When to read again. */
    Duration pause() {
        boolean well = groups.stream().allMatch(group -> group.problems().isEmpty());
        return well || directory.refresh().compareTo(RETRY) < 0 ? directory.refresh() : RETRY;
    }

    List<HealthProblem> problems() {
        List<HealthProblem> problems = new ArrayList<>();
        groups.forEach(group -> problems.addAll(group.problems()));
        Duration silent = Duration.between(finished, clock.instant());
        Duration late = directory.refresh().plus(firstReading()).multipliedBy(LATE);
        if (silent.compareTo(late) > 0) {
            problems.add(new HealthProblem(
                    Severity.DEGRADED,
                    "ldap",
                    "no reading of the groups has ended since " + finished + ": " + connector));
        }
        return problems;
    }
}
