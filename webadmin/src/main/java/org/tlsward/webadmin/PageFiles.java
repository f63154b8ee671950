/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.webadmin;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the operator's page consists of, out of our JAR. A list by name and no folder to be walked: no spelling of a path reaches anything else.
 */
final class PageFiles {
    /** Beside this class. */
    static final String FOLDER = "page/";

    /** The shell, which is served without its name. */
    static final String SHELL = "index.html";

    /** Everything else. */
    static final List<String> NAMES = List.of(
            "api.js",
            "chart.js",
            "dom.js",
            "emergency.js",
            "forms.js",
            "icon.svg",
            "main.js",
            "page.css",
            "parts.js",
            "quarantine-acts.js",
            "report.js",
            "sign-in.js",
            "view-check.js",
            "view-evidence.js",
            "view-exceptions.js",
            "view-explain.js",
            "view-headers.js",
            "view-overview.js",
            "view-policies.js",
            "view-quarantine.js",
            "view-reports.js",
            "view-suggestions.js",
            "view-waiting.js",
            "words-de.js",
            "words-en.js",
            "words.js");

    private final PageFile shell;
    private final Map<String, PageFile> files;

    private PageFiles(PageFile shell, Map<String, PageFile> files) {
        this.shell = shell;
        this.files = Collections.unmodifiableMap(files);
    }

    /**
     * A file as it is served.
     *
     * @param type its media type
     * @param text its content
     * @param tag an entity tag that changes with the content (RFC 9110 §8.8.3)
     */
    record PageFile(String type, String text, String tag) {}

    /** Reads them all. */
    static PageFiles load() {
        Map<String, PageFile> files = new TreeMap<>();
        NAMES.forEach(name -> files.put(name, read(name)));
        return new PageFiles(read(SHELL), files);
    }

    PageFile shell() {
        return shell;
    }

    Map<String, PageFile> all() {
        return files;
    }

    private static PageFile read(String name) {
        try (InputStream in = PageFiles.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalStateException("our JAR has no " + FOLDER + name + ": it is damaged");
            }
            byte[] bytes = in.readAllBytes();
            return new PageFile(
                    type(name),
                    new String(bytes, StandardCharsets.UTF_8),
                    '"' + Hashing.sha256().hashBytes(bytes).toString() + '"');
        } catch (IOException e) {
            throw new UncheckedIOException("our JAR cannot be read", e);
        }
    }

    private static String type(String name) {
        String extension = name.substring(name.lastIndexOf('.') + 1);
        return switch (extension) {
            case "html" -> "text/html; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "js" -> "text/javascript; charset=utf-8";
            case "svg" -> "image/svg+xml";
            default -> throw new IllegalStateException("no media type for " + name);
        };
    }
}
