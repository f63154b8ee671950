/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.classes;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads one group over one connection: the group, its members, the members of groups among them. All or nothing: whatever the directory
 * does not answer ends the reading, because half a group would turn the other half into strangers.
 */
final class LdapGroupReader {
    /** Deeper nesting is taken for a mistake. */
    private static final int DEEPEST = 16;

    private static final List<String> MEMBER_ATTRIBUTES = List.of("member", "uniqueMember");

    /** Groups of a kind that is not read: an answer without members would be wrong. */
    private static final List<String> OTHER_MEMBER_ATTRIBUTES = List.of("memberUid", "memberURL");

    /** Active Directory gives long lists in parts. */
    private static final Pattern RANGE = Pattern.compile("(?i)range=(\\d+)-(\\d+|\\*)");

    /** A mail address with its kind before it, as in proxyAddresses. */
    private static final Pattern KIND = Pattern.compile("(?i)([a-z0-9]+):(.*)");

    private final EntryBatch entries;
    private final List<String> mailAttributes;
    private final NavigableSet<String> addresses = new TreeSet<>();
    private final List<String> withoutAddress = new ArrayList<>();

    private LdapGroupReader(LDAPConnection connection, LdapConnector connector) {
        this.mailAttributes = connector.mailAttributes();
        this.entries = new EntryBatch(connection, connector.timeLimit(), requested(mailAttributes));
    }

    /**
     * What a group holds.
     *
     * @param addresses as they stand in the entries
     * @param withoutAddress members that have none or do not exist, for the log
     */
    record Content(NavigableSet<String> addresses, List<String> withoutAddress) {}

    /**
     * Reads {@code group}.
     *
     * @throws LDAPException if anything was not answered
     */
    static Content read(LDAPConnection connection, LdapConnector connector, DN group) throws LDAPException {
        LdapGroupReader reader = new LdapGroupReader(connection, connector);
        reader.walk(group);
        return new Content(reader.addresses, reader.withoutAddress);
    }

    private static List<String> requested(List<String> mailAttributes) {
        List<String> requested = new ArrayList<>(MEMBER_ATTRIBUTES);
        requested.addAll(OTHER_MEMBER_ATTRIBUTES);
        requested.addAll(mailAttributes);
        return requested;
    }

    private void walk(DN group) throws LDAPException {
        Entry root = entries.read(List.of(group))
                .get(0)
                .orElseThrow(() -> new LDAPException(ResultCode.NO_SUCH_OBJECT, "there is no such entry"));
        // a group that contains itself, directly or not, is read once
        Set<DN> seen = new HashSet<>(Set.of(group));
        List<DN> level = unseen(membersOf(root), seen);
        for (int depth = 0; !level.isEmpty(); depth++) {
            if (depth == DEEPEST) {
                throw new LDAPException(
                        ResultCode.LOCAL_ERROR,
                        "groups are nested deeper than " + DEEPEST + " levels, at " + level.get(0));
            }
            level = unseen(readLevel(level), seen);
        }
    }

    private List<DN> readLevel(List<DN> level) throws LDAPException {
        List<DN> below = new ArrayList<>();
        for (int from = 0; from < level.size(); from += EntryBatch.SIZE) {
            List<DN> names = level.subList(from, Math.min(level.size(), from + EntryBatch.SIZE));
            List<Optional<Entry>> found = entries.read(names);
            for (int i = 0; i < names.size(); i++) {
                Optional<Entry> entry = found.get(i);
                List<DN> members = entry.isPresent() ? membersOf(entry.get()) : List.of();
                boolean hasAddress = entry.isPresent() && addAddresses(entry.get());
                if (!hasAddress && members.isEmpty()) {
                    withoutAddress.add(names.get(i).toString());
                }
                below.addAll(members);
            }
        }
        return below;
    }

    private static List<DN> unseen(Collection<DN> names, Set<DN> seen) {
        return names.stream().filter(seen::add).toList();
    }

    private boolean addAddresses(Entry entry) {
        boolean found = false;
        for (String attribute : mailAttributes) {
            String[] values = entry.getAttributeValues(attribute);
            for (String value : values == null ? new String[0] : values) {
                Optional<String> address = address(value);
                address.ifPresent(addresses::add);
                found |= address.isPresent();
            }
        }
        return found;
    }

    private static Optional<String> address(String value) {
        Matcher kind = KIND.matcher(value.strip());
        if (!kind.matches()) {
            return Optional.of(value.strip());
        }
        return kind.group(1).equalsIgnoreCase("smtp")
                ? Optional.of(kind.group(2).strip())
                : Optional.empty();
    }

    private List<DN> membersOf(Entry entry) throws LDAPException {
        List<DN> members = new ArrayList<>();
        for (Attribute attribute : entry.getAttributes()) {
            if (MEMBER_ATTRIBUTES.stream().anyMatch(attribute.getBaseName()::equalsIgnoreCase)) {
                addNames(attribute, members);
                addFurtherRanges(entry, attribute, members);
            }
        }
        if (members.isEmpty()) {
            for (String other : OTHER_MEMBER_ATTRIBUTES) {
                if (entry.hasAttribute(other)) {
                    throw new LDAPException(
                            ResultCode.NOT_SUPPORTED,
                            entry.getDN() + " names its members by " + other
                                    + " (expected: a group with member or uniqueMember, as groupOfNames has)");
                }
            }
        }
        return members;
    }

    private void addFurtherRanges(Entry entry, Attribute first, List<DN> members) throws LDAPException {
        Attribute part = first;
        Optional<Matcher> range = range(part);
        while (range.isPresent() && !range.get().group(2).equals("*")) {
            long next = Long.parseLong(range.get().group(2)) + 1;
            String asked = first.getBaseName() + ";range=" + next + "-*";
            part = entries.readOne(entry.getParsedDN(), asked).getAttributes().stream()
                    .filter(attribute -> attribute.getBaseName().equalsIgnoreCase(first.getBaseName()))
                    .filter(attribute -> range(attribute)
                            .filter(found -> Long.parseLong(found.group(1)) == next)
                            .isPresent())
                    .findFirst()
                    .orElseThrow(() -> new LDAPException(
                            ResultCode.LOCAL_ERROR,
                            entry.getDN() + ": no answer to " + asked + ", the group is not whole"));
            addNames(part, members);
            range = range(part);
        }
    }

    private static Optional<Matcher> range(Attribute attribute) {
        return attribute.getOptions().stream()
                .map(RANGE::matcher)
                .filter(Matcher::matches)
                .findFirst();
    }

    private static void addNames(Attribute attribute, List<DN> members) throws LDAPException {
        for (String value : attribute.getValues()) {
            // uniqueMember may have a bit string behind the name (RFC 4517 §3.3.21)
            members.add(new DN(value.replaceFirst("#'[01]*'B$", "")));
        }
    }
}
