/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The command line knows the engine and nothing of James. */
@AnalyzeClasses(packages = "org.tlsward.cli", importOptions = ImportOption.DoNotIncludeTests.class)
class CliArchitectureTest {
    @ArchTest
    static final ArchRule CLI_KNOWS_THE_ENGINE_ONLY = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.james..",
                    "org.apache.mailet..",
                    "javax.mail..",
                    "jakarta.mail..",
                    "com.google..",
                    "org.xbill..",
                    "org.tlsward.james..",
                    "org.tlsward.matchers..",
                    "org.tlsward.mailets..",
                    "org.tlsward.hooks..",
                    "org.tlsward.webadmin..",
                    "org.tlsward.server..");
}
