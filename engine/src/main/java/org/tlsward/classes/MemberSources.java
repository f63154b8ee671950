/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.classes;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Turns the configuration of classes into sources: each file is read once and each group once, however many classes name it. */
final class MemberSources {
    private final ClassDirectory.Settings settings;
    private final StateDirectory state;
    private final List<Named> sources = new ArrayList<>();
    private final Map<Path, MemberFile> files = new LinkedHashMap<>();
    private final Map<DN, LdapGroup> groups = new LinkedHashMap<>();
    private final List<String> complaints = new ArrayList<>();
    private Optional<LdapGroups> ldap = Optional.empty();

    /**
     * A source of one class.
     *
     * @param alone only the class whose members it names: the answer to most look-ups, made once
     * @param source may be shared with other classes
     */
    record Named(NavigableSet<String> alone, MemberSource source) {
        String className() {
            return alone.first();
        }
    }

    static NavigableSet<String> setOf(String className) {
        return Collections.unmodifiableNavigableSet(new TreeSet<>(Set.of(className)));
    }

    /**
     * Reads everything but the directory.
     *
     * @throws MemberSourceException with all complaints
     */
    MemberSources(ClassDirectory.Settings settings) {
        this.settings = settings;
        this.state = new StateDirectory(settings.stateDirectory());
        settings.members().forEach(this::addClass);
        if (!groups.isEmpty()) {
            addDirectory();
        }
        if (!complaints.isEmpty()) {
            throw new MemberSourceException(complaints);
        }
    }

    List<Named> sources() {
        return sources;
    }

    List<MemberFile> files() {
        return List.copyOf(files.values());
    }

    Optional<LdapGroups> ldap() {
        return ldap;
    }

    private void addClass(ClassMembers members) {
        MemberSet.Builder fixed = new MemberSet.Builder(settings.subAddressDelimiters());
        for (MemberSpec spec : members.specs()) {
            if (spec instanceof MemberSpec.Address address) {
                addFixed(members, address.text(), fixed::addAddress);
            } else if (spec instanceof MemberSpec.Domain domain) {
                addFixed(members, domain.text(), fixed::addDomain);
            } else if (spec instanceof MemberSpec.Glob glob) {
                addFixed(members, glob.text(), fixed::addPattern);
            } else if (spec instanceof MemberSpec.File file) {
                addFile(members, file.path());
            } else if (spec instanceof MemberSpec.LdapGroup group) {
                addGroup(members, group.groupDn());
            }
        }
        sources.add(new Named(setOf(members.className()), new FixedMembers(fixed.build())));
    }

    private void addFixed(ClassMembers members, String text, Consumer<String> adder) {
        try {
            adder.accept(text);
        } catch (IllegalArgumentException e) {
            complaints.add("class " + members.className() + ": " + e.getMessage());
        }
    }

    private void addFile(ClassMembers members, Path path) {
        Path key = path.toAbsolutePath().normalize();
        try {
            if (!files.containsKey(key)) {
                files.put(key, new MemberFile(path, settings.subAddressDelimiters(), state, settings.clock()));
            }
            sources.add(new Named(setOf(members.className()), files.get(key)));
        } catch (MemberSourceException e) {
            complaints.addAll(e.complaints());
        }
    }

    private void addGroup(ClassMembers members, String text) {
        try {
            DN dn = new DN(text);
            if (dn.isNullDN()) {
                throw new MemberSourceException("empty");
            }
            LdapGroup group =
                    groups.computeIfAbsent(dn, name -> new LdapGroup(name, settings.subAddressDelimiters(), state));
            sources.add(new Named(setOf(members.className()), group));
        } catch (LDAPException | MemberSourceException e) {
            complaints.add("class " + members.className() + ": unsupported group \"" + text
                    + "\" (expected: a distinguished name like cn=medical,ou=groups,dc=klinik,dc=example)");
        }
    }

    private void addDirectory() {
        if (settings.directory().isEmpty()) {
            complaints.add("group " + groups.keySet().iterator().next()
                    + ": no directory to ask (expected: the servers of the directory)");
            return;
        }
        try {
            LdapDirectory directory = settings.directory().get();
            LdapConnector connector = new LdapConnector(directory);
            ldap = Optional.of(new LdapGroups(directory, connector, List.copyOf(groups.values()), settings.clock()));
        } catch (MemberSourceException e) {
            complaints.addAll(e.complaints());
        }
    }
}
