/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.documentation;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tlsward.site.Page.Block;

/** What earlier blocks of a page have made, which later ones may count on. */
final class Context {
    private static final Pattern CLASS = Pattern.compile("<class name=\"([^\"]+)\"");

    private final Set<String> variables = new HashSet<>();
    private final Set<String> files = new HashSet<>();
    private final Set<String> classes = new HashSet<>(Set.of("medical", "general"));

    void variable(String name) {
        variables.add(name);
    }

    boolean hasVariable(String name) {
        return variables.contains(name);
    }

    /** A file that a command has made, by its name alone: pages change folders. */
    void file(String path) {
        files.add(lastName(path));
    }

    /** True for a file that was made, and for all that is in a folder that was. */
    boolean hasFile(String path) {
        return files.contains(lastName(path)) || files.contains(path.split("/", 2)[0]);
    }

    /** The classes that a configuration on the page declares. */
    void classesOf(Block block) {
        Matcher matcher = CLASS.matcher(block.text());
        while (matcher.find()) {
            classes.add(matcher.group(1));
        }
    }

    Set<String> classes() {
        return classes;
    }

    private static String lastName(String path) {
        return path.replaceAll("/+$", "").replaceAll(".*/", "");
    }
}
