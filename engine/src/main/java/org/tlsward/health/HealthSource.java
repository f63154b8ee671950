/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.health;

import java.util.List;

/** A part that knows whether it is well. */
public interface HealthSource {

    /** What is wrong now; empty if nothing. Answers at once, never throws. */
    List<HealthProblem> problems();
}
