/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.objectweb.asm.Opcodes;

/** For whoever changes the source facts: compares them with what a compiler makes of the sources. The head of the file tells how. */
@EnabledIfSystemProperty(named = "tlsward.james39.compiled", matches = ".+")
class SourceFactsIT {
    private static final int TOLD_OF_CLASSES = Opcodes.ACC_PUBLIC | Opcodes.ACC_ABSTRACT | Opcodes.ACC_INTERFACE;
    private static final int TOLD_OF_MEMBERS =
            Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED | Opcodes.ACC_ABSTRACT | Opcodes.ACC_STATIC | Opcodes.ACC_FINAL;

    private static final Path COMPILED = Path.of(System.getProperty("tlsward.james39.compiled", ""));

    @Test
    void factsShouldSayWhatTheCompilerSays() throws Exception {
        try (var compiled = new ClassShapes(Map.of(), List.of(COMPILED), SourceFacts.none())) {
            for (ClassShape fact : BundleJar.JAMES_39.facts().shapes()) {
                ClassShape actual = compiled.get(fact.name());
                assertThat(fact.access() & TOLD_OF_CLASSES)
                        .as(fact.name())
                        .isEqualTo(actual.access() & TOLD_OF_CLASSES);
                assertThat(fact.superName()).as(fact.name()).isEqualTo(actual.superName());
                assertThat(fact.interfaces()).as(fact.name()).isEqualTo(actual.interfaces());
                fact.members().forEach((member, access) -> assertThat(
                                actual.accessOf(member).map(flags -> flags & TOLD_OF_MEMBERS))
                        .as(fact.name() + "." + member)
                        .contains(access));
            }
        }
    }

    @Test
    void jarShouldLinkWithTheCompiledSourcesToo() throws Exception {
        var jar = BundleJar.JAMES_39;
        var classPath = new ArrayList<>(jar.james());
        classPath.add(COMPILED);
        try (var shapes = new ClassShapes(jar.classes(), classPath, SourceFacts.none())) {
            assertThat(LinkCheck.of(jar.classes(), shapes, SourceFacts.none()).complaints())
                    .isEmpty();
        }
    }
}
