/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import java.util.Optional;
import org.tlsward.policy.ClassRule;
import org.tlsward.policy.Contribution;
import org.tlsward.policy.InboundMinimum;
import org.tlsward.policy.RequirementText;
import org.tlsward.policy.TlsLevel;

/**
 * One rule that had a say.
 *
 * @param source what kind of rule, for example {@code recipient-class}
 * @param name which one, for example {@code medical}
 * @param level the word of the configuration, where there is one
 * @param required what it demanded
 */
public record RecordedRule(String source, String name, Optional<String> level, String required) {

    /** An outbound rule. */
    public static RecordedRule of(Contribution rule) {
        return new RecordedRule(
                rule.source().word(),
                rule.name(),
                rule.level().map(TlsLevel::word),
                RequirementText.format(rule.required()));
    }

    /** What a class demands of inbound sessions. */
    public static RecordedRule inbound(ClassRule rule, InboundMinimum minimum) {
        return new RecordedRule(
                Contribution.Source.RECIPIENT_CLASS.word(), rule.name(), Optional.of(minimum.word()), minimum.word());
    }
}
