/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.classes;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.health.HealthProblem;
import org.tlsward.health.HealthSource;

/**
 * Who belongs to which class, kept up to date in the background: files when they change, LDAP groups from time to time. A look-up only
 * reads memory.
 *
 * <p>An address that several classes name belongs to all of them; one that none names belongs to the default class. While a source is
 * silent and nothing is remembered of it, everybody may belong to its class: the answer is {@link Membership.Unknown}, unless another
 * source names the address for that class already.
 */
public final class ClassDirectory implements RecipientClasses, HealthSource, AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(ClassDirectory.class);
    private static final Duration LOOK = Duration.ofSeconds(2);

    private final String subAddressDelimiters;
    private final Membership strangers;
    private final List<MemberSources.Named> sources;
    private final List<MemberFile> files;
    private final Optional<LdapGroups> ldap;
    private final ScheduledExecutorService fileLooks = executor("tlsward-member-files");
    private final ScheduledExecutorService ldapReadings = executor("tlsward-ldap-groups");

    /**
     * What a directory of classes is made of.
     *
     * @param members of every class; a class may have none
     * @param defaultClass the class of everybody else
     * @param directory where LDAP groups are; needed if a class has one
     * @param subAddressDelimiters characters that begin a sub-address; may be empty
     * @param stateDirectory for what has to be known after a restart; made if it does not exist
     * @param clock tells the time
     */
    public record Settings(
            List<ClassMembers> members,
            String defaultClass,
            Optional<LdapDirectory> directory,
            String subAddressDelimiters,
            Path stateDirectory,
            Clock clock) {

        /** Copies its arguments. */
        public Settings {
            members = List.copyOf(members);
        }
    }

    private ClassDirectory(Settings settings, MemberSources assembled) {
        subAddressDelimiters = settings.subAddressDelimiters();
        strangers = new Membership.Known(MemberSources.setOf(settings.defaultClass()));
        sources = List.copyOf(assembled.sources());
        files = assembled.files();
        ldap = assembled.ldap();
    }

    /**
     * Reads all files, asks the directory, and keeps watching both until it is closed.
     *
     * <p>What an operator has to mend stops it: a file that is missing, unreadable, broken, or that lost more than half of its entries
     * since it was read last, even before a restart, without a confirmation beside it. A directory that does not answer stops nothing:
     * after its time limits the groups as written down are used, or {@link Membership.Unknown} is answered until it does.
     *
     * @throws MemberSourceException with every complaint: file, line, value, and what was expected
     */
    public static ClassDirectory open(Settings settings) {
        ClassDirectory directory = new ClassDirectory(settings, new MemberSources(settings));
        directory.start();
        return directory;
    }

    @Override
    public Membership classesOf(MailboxName mailbox) {
        Probe probe = new Probe(mailbox);
        NavigableSet<String> certain = Collections.emptyNavigableSet();
        List<MemberSources.Named> silent = List.of();
        for (MemberSources.Named named : sources) {
            Optional<MemberSet> members = named.source().members();
            if (members.isEmpty()) {
                silent = new ArrayList<>(silent);
                silent.add(named);
            } else if (members.get().contains(probe)) {
                certain = certain.isEmpty() ? named.alone() : union(certain, named.alone());
            }
        }
        for (MemberSources.Named named : silent) {
            if (!certain.contains(named.className())) {
                return new Membership.Unknown(certain, unknown(named));
            }
        }
        return certain.isEmpty() ? strangers : new Membership.Known(certain);
    }

    @Override
    public List<ClassGround> groundsOf(MailboxName mailbox) {
        Probe probe = new Probe(mailbox);
        List<ClassGround> grounds = new ArrayList<>();
        for (MemberSources.Named named : sources) {
            Optional<MemberSet> members = named.source().members();
            if (members.isEmpty()) {
                grounds.add(new ClassGround(named.className(), "may be in it: " + unknown(named)));
                continue;
            }
            Optional<String> entry = members.get().entryOf(probe);
            entry.ifPresent(text -> grounds.add(new ClassGround(
                    named.className(), text + " in " + named.source().description())));
        }
        if (grounds.isEmpty()) {
            grounds.add(new ClassGround(strangers.classes().first(), "it is in no other class"));
        }
        return grounds;
    }

    /** The classes of an address as it stands in an envelope. One that cannot be read may be anybody's: {@link Membership.Unknown}. */
    public Membership classesOf(String address) {
        return MailboxName.tryParse(address, subAddressDelimiters)
                .map(this::classesOf)
                .orElseGet(() -> new Membership.Unknown(
                        Collections.emptyNavigableSet(), "the address \"" + address + "\" cannot be read"));
    }

    @Override
    public List<HealthProblem> problems() {
        List<HealthProblem> problems = new ArrayList<>();
        files.forEach(file -> problems.addAll(file.problems()));
        ldap.ifPresent(groups -> problems.addAll(groups.problems()));
        return problems;
    }

    /** Reads all files and groups now, and returns when that is done. */
    public void refreshNow() {
        checkNow();
        ldap.ifPresent(LdapGroups::refresh);
    }

    /** Reads all files now, and looks for confirmations, without waiting for a file to rest. */
    public void checkNow() {
        files.forEach(MemberFile::readNow);
        ldap.ifPresent(LdapGroups::look);
    }

    @Override
    public void close() {
        fileLooks.shutdownNow();
        ldapReadings.shutdownNow();
    }

    private void start() {
        ScheduledFuture<?> unused = fileLooks.scheduleWithFixedDelay(
                guarded(this::look), LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
        ldap.ifPresent(groups -> {
            CountDownLatch first = new CountDownLatch(1);
            ldapReadings.execute(() -> {
                readGroups(groups);
                first.countDown();
            });
            await(first, groups.firstReading());
        });
    }

    private void look() {
        files.forEach(MemberFile::look);
        ldap.ifPresent(LdapGroups::look);
    }

    private void readGroups(LdapGroups groups) {
        guarded(groups::refresh).run();
        try {
            ScheduledFuture<?> unused = ldapReadings.schedule(
                    () -> readGroups(groups), groups.pause().toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOGGER.debug("closed while the groups were read", e);
        }
    }

    private static NavigableSet<String> union(NavigableSet<String> one, NavigableSet<String> other) {
        NavigableSet<String> both = new TreeSet<>(one);
        both.addAll(other);
        return Collections.unmodifiableNavigableSet(both);
    }

    private static String unknown(MemberSources.Named named) {
        String why = named.source().problems().stream()
                .map(HealthProblem::message)
                .findFirst()
                .orElse("nothing is known of it");
        return "class " + named.className() + ", " + named.source().description() + ": " + why;
    }

    private static void await(CountDownLatch latch, Duration limit) {
        try {
            if (!latch.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                LOGGER.warn("the directory has not answered in {}, the start goes on without it", limit);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whatever happens to one turn, even an error: the next one comes. */
    private static Runnable guarded(Runnable turn) {
        return () -> {
            try {
                turn.run();
            } catch (Throwable e) {
                LOGGER.error("members could not be read again, those known stay in force", e);
            }
        };
    }

    private static ScheduledExecutorService executor(String name) {
        return new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }
}
