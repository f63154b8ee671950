/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tlsward.classes.ClassMembers;
import org.tlsward.classes.LdapDirectory;
import org.tlsward.policy.ClassRule;

/**
 * What {@code tlsward.xml} says. Immutable: a reload makes a new one.
 *
 * @param rules by class name, in the order of the file
 * @param members where the members of each class come from, in the order of the file
 * @param defaultClass the class of everybody else; always a key of {@code rules}
 * @param directory where LDAP groups are looked up; present if a class has one
 * @param subAddressDelimiters characters that begin a sub-address, for example {@code +}; may be empty
 */
public record WardConfiguration(
        Map<String, ClassRule> rules,
        List<ClassMembers> members,
        String defaultClass,
        Optional<LdapDirectory> directory,
        String subAddressDelimiters) {}
