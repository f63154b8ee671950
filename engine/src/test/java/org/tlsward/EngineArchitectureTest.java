/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of the engine: {@code policy <- classes, config, dns, mtasts, dane <- smtp <- delivery}. */
@AnalyzeClasses(packages = "org.tlsward", importOptions = ImportOption.DoNotIncludeTests.class)
class EngineArchitectureTest {
    @ArchTest
    static final ArchRule ENGINE_KNOWS_NO_JAMES = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.james..",
                    "org.apache.mailet..",
                    "javax.mail..",
                    "jakarta.mail..",
                    "com.google.inject..");

    @ArchTest
    static final ArchRule POLICY_IS_PURE = noClasses()
            .that()
            .resideInAPackage("org.tlsward.policy..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.tlsward.classes..",
                    "org.tlsward.config..",
                    "org.tlsward.dns..",
                    "org.tlsward.mtasts..",
                    "org.tlsward.dane..",
                    "org.tlsward.smtp..",
                    "org.tlsward.delivery..",
                    "org.tlsward.evidence..",
                    "org.tlsward.tlsrpt..",
                    "org.tlsward.explain..",
                    "java.io..",
                    "java.nio.file..",
                    "org.slf4j..");

    @ArchTest
    static final ArchRule FACTS_KNOW_NO_CONNECTION = noClasses()
            .that()
            .resideInAnyPackage(
                    "org.tlsward.classes..",
                    "org.tlsward.config..",
                    "org.tlsward.dns..",
                    "org.tlsward.mtasts..",
                    "org.tlsward.dane..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.tlsward.smtp..", "org.tlsward.delivery..");

    @ArchTest
    static final ArchRule A_CONNECTION_KNOWS_NO_DELIVERY = noClasses()
            .that()
            .resideInAPackage("org.tlsward.smtp..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.tlsward.delivery..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule NO_CIRCLES =
            slices().matching("org.tlsward.(*)..").should().beFreeOfCycles();
}
