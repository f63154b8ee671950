/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The promise: both JARs link with the James that they are made for. */
class LinkCheckIT {
    @ParameterizedTest
    @EnumSource
    void everythingThatTheJarTouchesShouldExist(BundleJar jar) throws Exception {
        assertThat(jar.linkCheck(jar.classes()).complaints()).isEmpty();
    }

    @Test
    void whatOverridesInJames38ShouldOverrideInJames39() throws Exception {
        var in38 = BundleJar.JAMES_38.linkCheck(BundleJar.JAMES_38.classes()).overrides().stream()
                .map(Jakarta::of)
                .collect(Collectors.toCollection(TreeSet::new));
        var in39 = BundleJar.JAMES_39.linkCheck(BundleJar.JAMES_39.classes()).overrides();
        assertThat(in38).isNotEmpty();
        assertThat(in39).containsExactlyElementsOf(in38);
    }
}
