/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The promise: both JARs link with the James that they are made for. */
class LinkCheckIT {
    @ParameterizedTest
    @EnumSource
    void everythingThatTheJarTouchesShouldExist(BundleJar jar) throws Exception {
        assertThat(jar.linkComplaints(jar.classes())).isEmpty();
    }
}
