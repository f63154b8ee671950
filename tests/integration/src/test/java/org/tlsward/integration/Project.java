/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.integration;

import java.nio.file.Path;

/** Places of this project. */
final class Project {
    private Project() {}

    /** A path of the repository. */
    static Path path(String relative) {
        return Path.of(System.getProperty("tlsward.root")).resolve(relative);
    }

    /** A path in the build folder of this module. */
    static Path target(String relative) {
        return path("tests/integration/target").resolve(relative);
    }

    /** The JAR that an admin drops into James 3.8. */
    static Path bundle() {
        return path("bundle/target/tlsward-james38.jar");
    }
}
