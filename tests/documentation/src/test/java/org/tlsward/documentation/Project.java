/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tlsward.site.Page;
import org.tlsward.site.Pages;

/** Places of this project. */
final class Project {
    private Project() {}

    static Path root() {
        return Path.of(System.getProperty("tlsward.root"));
    }

    /** A path of the repository. */
    static Path path(String relative) {
        return root().resolve(relative);
    }

    /** A folder in the build folder of this module, which exists afterwards. */
    static Path target(String relative) {
        try {
            return Files.createDirectories(path("tests/documentation/target").resolve(relative));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Page> pages() {
        try {
            return Pages.of(root());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(String relative) {
        try {
            return Files.readString(path(relative));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
