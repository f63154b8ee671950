/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.health;

/**
 * One thing that is wrong.
 *
 * @param severity how bad it is
 * @param component what is concerned, for example {@code tlsward.xml} or {@code ldap cn=medical}
 * @param message what happened and what to do
 */
public record HealthProblem(Severity severity, String component, String message) {

    /** How bad it is. */
    public enum Severity {
        /** Mail flows and is protected, but not as configured last, or not for long. */
        DEGRADED,
        /** Protected mail cannot flow. */
        UNHEALTHY
    }
}
