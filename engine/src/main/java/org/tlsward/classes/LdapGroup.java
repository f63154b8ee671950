/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.classes;

import com.unboundid.ldap.sdk.DN;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.health.HealthProblem;
import org.tlsward.health.HealthProblem.Severity;

/**
 * A group as it was read last. That holds while the directory does not answer, and over a restart, because it is written down. A group that
 * comes back empty or less than half as long is not believed without a {@link Confirmation}: rights that were taken from our user look
 * the same.
 */
final class LdapGroup implements MemberSource {
    private static final Logger LOGGER = LoggerFactory.getLogger(LdapGroup.class);
    private static final String KIND = "tlsward-ldap-group 1";

    private final DN dn;
    private final String subAddressDelimiters;
    private final StateDirectory state;
    private final String stateName;
    private final String pendingName;

    private volatile Optional<MemberSet> known = Optional.empty();
    private volatile List<HealthProblem> problems;
    private Optional<Candidate> pending = Optional.empty();
    /** Checksum of the list that was written down last. */
    private String written = "";

    private record Candidate(MemberSet members, String list) {}

    /** Takes what was written down, if it is whole. */
    LdapGroup(DN dn, String subAddressDelimiters, StateDirectory state) {
        this.dn = dn;
        this.subAddressDelimiters = subAddressDelimiters;
        this.state = state;
        this.stateName = StateDirectory.nameOf("ldap", dn.toNormalizedString());
        this.pendingName = stateName + ".pending";
        // the list begins after the empty line
        state.read(stateName, KIND)
                .map(text -> text.substring(text.indexOf("\n\n") + 2))
                .ifPresent(list -> {
                    written = StateDirectory.checksum(list);
                    known = Optional.of(candidate(list.lines().collect(Collectors.toCollection(TreeSet::new)))
                            .members());
                });
        this.problems = List.of(problem("it has not been read since the start."));
    }

    DN dn() {
        return dn;
    }

    @Override
    public Optional<MemberSet> members() {
        return known;
    }

    @Override
    public List<HealthProblem> problems() {
        return problems;
    }

    @Override
    public String description() {
        return "group " + dn;
    }

    /** The directory answered. */
    synchronized void read(LdapGroupReader.Content content) {
        Candidate candidate = candidate(content.addresses());
        if (!content.withoutAddress().isEmpty()) {
            LOGGER.debug("{}: members without an address: {}", description(), content.withoutAddress());
        }
        if (isDoubtful(candidate) && !isConfirmed(candidate)) {
            hold(candidate);
        } else {
            take(candidate);
        }
    }

    /** The directory did not answer; what is known holds. */
    synchronized void failed(String why) {
        report("it could not be read: " + why + ".");
    }

    /** Takes what was held back, once it is confirmed. */
    synchronized void look() {
        pending.filter(this::isConfirmed).ifPresent(this::take);
    }

    private boolean isDoubtful(Candidate candidate) {
        int now = candidate.members().size();
        return known.map(before -> Confirmation.isNeeded(before.size(), now)).orElse(now == 0);
    }

    private boolean isConfirmed(Candidate candidate) {
        return Confirmation.isGiven(state.path(pendingName), StateDirectory.checksum(candidate.list()));
    }

    private void hold(Candidate candidate) {
        pending = Optional.of(candidate);
        Path file = state.path(pendingName);
        String advice = "If that is meant so: " + Confirmation.command(file);
        try {
            state.replace(pendingName, candidate.list());
        } catch (IOException e) {
            advice = "It cannot be confirmed, because " + file + " cannot be written (" + e + ").";
        }
        report("the directory says that it has " + candidate.members().size() + " addresses, it had "
                + known.map(members -> String.valueOf(members.size())).orElse("an unknown number")
                + ". Can our user still read the members? " + advice);
    }

    private void take(Candidate candidate) {
        int before = known.map(MemberSet::size).orElse(0);
        known = Optional.of(candidate.members());
        pending = Optional.empty();
        problems = List.of();
        try {
            String checksum = StateDirectory.checksum(candidate.list());
            if (!checksum.equals(written) || !Files.exists(state.path(stateName))) {
                state.write(stateName, KIND, "group " + dn.toNormalizedString() + "\n\n" + candidate.list());
                written = checksum;
                LOGGER.info(
                        "{}: {} addresses, before {}",
                        description(),
                        candidate.members().size(),
                        before);
            }
            state.delete(pendingName);
            state.delete(Confirmation.besides(Path.of(pendingName)).toString());
        } catch (IOException e) {
            report("its addresses cannot be written to " + state.path(stateName) + " (" + e
                    + "), so after a restart without the directory nothing would be known.");
        }
    }

    /** Only what can be read as an address: no mail can come for anything else. */
    private Candidate candidate(NavigableSet<String> addresses) {
        MemberSet.Builder members = new MemberSet.Builder(subAddressDelimiters);
        StringBuilder list = new StringBuilder();
        for (String address : addresses) {
            try {
                members.addMailbox(address);
                list.append(address).append('\n');
            } catch (IllegalArgumentException e) {
                LOGGER.warn("{}: left out: {}", description(), e.getMessage());
            }
        }
        return new Candidate(members.build(), list.toString());
    }

    private void report(String message) {
        List<HealthProblem> now = List.of(problem(message));
        if (!now.equals(problems)) {
            LOGGER.error("{}: {}", description(), now.get(0).message());
        }
        problems = now;
    }

    private HealthProblem problem(String message) {
        String component = "ldap " + dn;
        return known.map(members -> new HealthProblem(
                        Severity.DEGRADED,
                        component,
                        message + " The " + members.size() + " addresses read before stay in force."))
                .orElseGet(() -> new HealthProblem(
                        Severity.UNHEALTHY,
                        component,
                        message + " Nothing is known about its members, so everybody may be one."));
    }
}
