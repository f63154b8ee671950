/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Tests of the policy. {@code DesignSection5*Test} has one test or row for each sentence of section 5 of the design;
 * {@code *LawsTest} hold for everything that {@link org.tlsward.policy.PolicyArbitraries} can make up.
 */
package org.tlsward.policy;
