/* SPDX-License-Identifier: Apache-2.0 */
/** What an admin has to know at three in the morning: {@link org.tlsward.health.HealthProblem}, with who can mend it and how. */
package org.tlsward.health;
