/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A directory of a James with a {@code tlsward.xml} in it. */
record ConfigurationDirectory(Path root) {
    static final Map<String, String> ENVIRONMENT = Map.of("SECRET", "s3cret", "MINIMUM", "TLSv1.3", "EMPTY", "");

    ConfigurationDirectory {
        try {
            Files.createDirectories(root.resolve("conf"));
            Files.createDirectories(root.resolve("var"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path file() {
        return root.resolve("conf").resolve("tlsward.xml");
    }

    ConfigurationDirectory with(String name, String content) {
        try {
            Files.writeString(root.resolve("conf").resolve(name), content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    WardConfigurationReader reader() {
        return new WardConfigurationReader(
                JamesDirectories.below(root), name -> Optional.ofNullable(ENVIRONMENT.get(name)));
    }

    WardConfiguration read(String xml) {
        with("tlsward.xml", xml);
        return reader().read(file());
    }

    List<String> problems(String xml) {
        WardConfigurationException refused = catchThrowableOfType(WardConfigurationException.class, () -> read(xml));
        return refused == null ? List.of() : refused.problems();
    }

    /** What {@code <tlsward>} holds beside one class that demands nothing. */
    static String tlsward(String inside) {
        return "<tlsward><classes default=\"general\"><class name=\"general\"/></classes>" + inside + "</tlsward>";
    }

    /** What the class {@code medical} holds, beside a general one. */
    static String medical(String inside) {
        return medical("", inside);
    }

    static String medical(String attributes, String inside) {
        return "<tlsward><classes default=\"general\"><class name=\"medical\" " + attributes + ">" + inside
                + "</class><class name=\"general\"/></classes></tlsward>";
    }
}
