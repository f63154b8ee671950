/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.ModuleDescriptor.Version;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.objectweb.asm.ClassReader;

/** What may be inside the JARs, and what must not. */
class BundleJarContentsIT {
    private static final int JAVA_17 = 61;
    private static final String DNSJAVA = "META-INF/maven/dnsjava/dnsjava/pom.properties";

    @ParameterizedTest
    @EnumSource
    void jarShouldHoldNothingOutsideOfOurPackages(BundleJar jar) throws Exception {
        assertThat(jar.fileNames())
                .filteredOn(name -> !name.startsWith("org/tlsward/"))
                .containsExactlyInAnyOrderElementsOf(
                        Set.of("META-INF/LICENSE", "META-INF/MANIFEST.MF", "META-INF/NOTICE", DNSJAVA));
    }

    /** James brings an older one with known holes (CVE-2024-25638); Maven would take that if the POM did not name ours. */
    @ParameterizedTest
    @EnumSource
    void jarShouldHoldADnsjavaThatValidates(BundleJar jar) throws Exception {
        var properties = new Properties();
        try (var open = jar.open()) {
            properties.load(open.getInputStream(open.getEntry(DNSJAVA)));
        }
        assertThat(Version.parse(properties.getProperty("version"))).isGreaterThanOrEqualTo(Version.parse("3.6.3"));
        assertThat(jar.classes()).containsKey("org/tlsward/shaded/xbill/dnssec/ValidatingResolver");
    }

    @ParameterizedTest
    @EnumSource
    void noticeShouldNameEveryLibraryInside(BundleJar jar) throws Exception {
        try (var open = jar.open()) {
            var notice = new String(
                    open.getInputStream(open.getEntry("META-INF/NOTICE")).readAllBytes(), StandardCharsets.UTF_8);
            var shaded = jar.classes().keySet().stream()
                    .filter(name -> name.startsWith("org/tlsward/shaded/"))
                    .map(name -> name.split("/", -1)[3])
                    .collect(Collectors.toSet());
            assertThat(shaded).containsExactly("xbill");
            assertThat(notice).contains("dnsjava", "Redistributions in binary form");
        }
    }

    @ParameterizedTest
    @EnumSource
    void jarShouldHoldEveryModule(BundleJar jar) throws Exception {
        assertThat(jar.classes().keySet().stream().map(BundleJarContentsIT::packageOf))
                .contains("org/tlsward/policy", "org/tlsward/james", "org/tlsward/hooks", "org/tlsward/matchers")
                .contains("org/tlsward/mailets", "org/tlsward/webadmin");
        assertThat(jar.classes()).containsKey("org/tlsward/james/TlsWardModule");
    }

    @Test
    void jarsShouldHoldTheSameFiles() throws Exception {
        assertThat(BundleJar.JAMES_39.fileNames()).isEqualTo(BundleJar.JAMES_38.fileNames());
    }

    @Test
    void relocationShouldMoveTypesToJakartaAndNothingElse() throws Exception {
        Map<String, byte[]> jakarta = BundleJar.JAMES_39.classes();
        for (var javax : BundleJar.JAMES_38.classes().entrySet()) {
            var expected = typesTouchedBy(javax.getValue()).stream()
                    .map(Jakarta::of)
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(typesTouchedBy(jakarta.get(javax.getKey())))
                    .as(javax.getKey())
                    .isEqualTo(expected);
        }
    }

    @Test
    void relocationShouldLeaveStringsAlone() throws Exception {
        Map<String, byte[]> jakarta = BundleJar.JAMES_39.classes();
        for (var javax : BundleJar.JAMES_38.classes().entrySet()) {
            assertThat(StringReader.strings(jakarta.get(javax.getKey())))
                    .as(javax.getKey())
                    .isEqualTo(StringReader.strings(javax.getValue()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void jarShouldRunOnJava17(BundleJar jar) throws Exception {
        assertThat(jar.classes()).allSatisfy((name, bytes) -> assertThat(new ClassReader(bytes).readUnsignedShort(6))
                .as(name)
                .isLessThanOrEqualTo(JAVA_17));
    }

    @ParameterizedTest
    @EnumSource
    void jarShouldTouchNoInternalsOfTheJdk(BundleJar jar) throws Exception {
        for (var ours : jar.classes().entrySet()) {
            assertThat(JdkInternals.among(typesTouchedBy(ours.getValue())))
                    .as(ours.getKey())
                    .isEmpty();
        }
    }

    @Test
    void internalsOfTheJdkShouldBeRecognised() {
        assertThat(JdkInternals.among(Set.of(
                        "java/lang/String",
                        "javax/net/ssl/SSLEngine",
                        "com/sun/net/httpserver/HttpServer",
                        "org/tlsward/policy/TlsLevel",
                        "sun/misc/Unsafe",
                        "jdk/internal/misc/VM",
                        "sun/security/x509/X500Name")))
                .containsExactlyInAnyOrder("sun/misc/Unsafe", "jdk/internal/misc/VM", "sun/security/x509/X500Name");
    }

    @ParameterizedTest
    @EnumSource
    void entriesShouldCarryTheDateOfTheProjectAndNotOfTheBuild(BundleJar jar) throws Exception {
        try (var open = jar.open()) {
            // libraries keep the dates of their releases
            assertThat(open.stream()
                            .filter(entry -> !entry.getName().startsWith("org/tlsward/shaded/"))
                            .filter(entry -> !entry.getName().startsWith("META-INF/maven/"))
                            .map(entry -> entry.getTimeLocal().toString())
                            .distinct())
                    .hasSize(1);
        }
    }

    private static Set<String> typesTouchedBy(byte[] classFile) {
        return TouchReader.touches(classFile).stream()
                .filter(Touch.OfType.class::isInstance)
                .map(touch -> ((Touch.OfType) touch).name())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String packageOf(String name) {
        return name.substring(0, name.lastIndexOf('/'));
    }
}
