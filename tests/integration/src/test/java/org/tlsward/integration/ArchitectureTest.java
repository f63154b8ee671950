/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.integration;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The arrows between the modules: {@code engine <- james-common <- matchers, smtp-hooks, mailets, webadmin <- bundle}. */
class ArchitectureTest {
    /** Folder of a module and the package that is its own. */
    private static final Map<String, String> EDGES = Map.of(
            "matchers", "org.tlsward.matchers",
            "smtp-hooks", "org.tlsward.hooks",
            "mailets", "org.tlsward.mailets",
            "webadmin", "org.tlsward.webadmin");

    @Test
    void edgesShouldNeverImportEachOther() {
        EDGES.forEach((folder, own) -> {
            String[] others = EDGES.values().stream()
                    .filter(name -> !name.equals(own))
                    .map(name -> name + "..")
                    .toArray(String[]::new);
            classesOf(folder).ifPresent(classes -> noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others)
                    .check(classes));
        });
    }

    @Test
    void whatEdgesShareShouldNotKnowThem() {
        String[] edges = EDGES.values().stream().map(name -> name + "..").toArray(String[]::new);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(edges)
                .check(classesOf("james-common").orElseThrow());
    }

    @Test
    void theEdgesShouldBeThere() {
        assertThat(List.of("matchers", "smtp-hooks", "mailets", "webadmin"))
                .allMatch(folder -> classesOf(folder).isPresent());
    }

    private static java.util.Optional<JavaClasses> classesOf(String folder) {
        Path classes = Project.path(folder).resolve("target/classes");
        return Files.isDirectory(classes)
                ? java.util.Optional.of(new ClassFileImporter().importPath(classes))
                : java.util.Optional.empty();
    }
}
