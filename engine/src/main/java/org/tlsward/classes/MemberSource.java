/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.classes;

import java.util.List;
import java.util.Optional;
import org.tlsward.health.HealthProblem;

/** Something that names members. Thread-safe; an answer never waits for a network or a disk. */
interface MemberSource {

    /** The members that are known; empty if nothing is known, and then anybody may be a member. */
    Optional<MemberSet> members();

    /** What is wrong with it, at most one problem. */
    List<HealthProblem> problems();

    /** What to call it in a log line. */
    String description();
}
