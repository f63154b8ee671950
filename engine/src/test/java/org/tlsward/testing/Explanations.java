/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.testing;

import java.util.List;
import java.util.Optional;
import org.tlsward.check.Explained;
import org.tlsward.check.Mark;
import org.tlsward.check.Prospect;
import org.tlsward.classes.ClassGround;
import org.tlsward.explain.Language;
import org.tlsward.explain.Situation;
import org.tlsward.policy.Contribution;
import org.tlsward.policy.Contribution.Source;
import org.tlsward.policy.Demand;
import org.tlsward.policy.Reason;
import org.tlsward.policy.TlsLevel;

/** Every reason as if it had happened. */
public final class Explanations {
    private Explanations() {}

    /** Mail for a medical recipient is refused for that reason. */
    public static Situation situation(Reason reason) {
        Contribution rule = new Contribution(
                Source.RECIPIENT_CLASS,
                "medical",
                Optional.of(TlsLevel.ENCRYPT),
                TlsLevel.ENCRYPT.requirement(),
                Optional.empty());
        return new Situation(
                "partner.example",
                Optional.of("mx.partner.example"),
                reason,
                "what was seen",
                TlsLevel.ENCRYPT.requirement(),
                List.of(rule),
                List.of(),
                Optional.empty());
    }

    /** What is told of it. */
    public static Explained explained(Reason reason, Language language) {
        Prospect prospect = new Prospect(
                Mark.FAIL,
                "would wait: " + reason.word(),
                Optional.of(TlsLevel.ENCRYPT.requirement()),
                List.of(),
                Optional.of(new Prospect.Obstacle.Unmet(situation(reason))));
        return new Explained(
                "praxis@partner.example",
                Optional.of(List.of()),
                List.of(new ClassGround("medical", "address praxis@partner.example in tlsward.xml")),
                List.of(new Explained.Way(
                        "praxis@partner.example", Demand.builder().build(), List.of(), prospect)),
                List.of(),
                language);
    }
}
