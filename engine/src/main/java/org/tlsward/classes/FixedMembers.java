/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.classes;

import java.util.List;
import java.util.Optional;
import org.tlsward.health.HealthProblem;

/** What stands in the configuration itself. */
record FixedMembers(MemberSet set) implements MemberSource {
    @Override
    public Optional<MemberSet> members() {
        return Optional.of(set);
    }

    @Override
    public List<HealthProblem> problems() {
        return List.of();
    }

    @Override
    public String description() {
        return "tlsward.xml";
    }
}
