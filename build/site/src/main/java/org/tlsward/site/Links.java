/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.site;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** Where the links of a page lead to in the site: to other pages, to copies of files, and out. */
final class Links {
    private final Path root;
    private final String page;
    private final Set<String> pages;
    private final Set<String> files = new TreeSet<>();

    Links(Path root, String page, Set<String> pages) {
        this.root = root;
        this.page = page;
        this.pages = pages;
    }

    /** {@code README.md} is what a folder shows. */
    static String htmlName(String page) {
        return page.replaceAll("(^|/)README\\.md$", "$1index.md").replaceAll("\\.md$", ".html");
    }

    /** The file of the repository that a link means, without its anchor. */
    static String resolve(String page, String target) {
        String path = target.replaceAll("#.*", "");
        if (path.isEmpty()) {
            return page;
        }
        Path folder = Path.of("/").resolve(page).getParent();
        return Path.of("/")
                .relativize(folder.resolve(path).normalize())
                .toString()
                .replace('\\', '/');
    }

    static boolean isOutside(String target) {
        return target.matches("[a-z]+:.*");
    }

    /** The link as it has to be in the site; empty for a folder, which no site shows. */
    String of(String target) {
        if (isOutside(target)) {
            return target;
        }
        String meant = resolve(page, target);
        String anchor = target.contains("#") ? target.substring(target.indexOf('#')) : "";
        if (pages.contains(meant)) {
            return meant.equals(page) && !anchor.isEmpty() ? anchor : to(htmlName(meant)) + anchor;
        }
        if (Files.isRegularFile(root.resolve(meant))) {
            files.add(meant);
            return to(meant);
        }
        return "";
    }

    /** A file of the site, seen from this page. */
    String to(String file) {
        Path here = Path.of("/").resolve(htmlName(page)).getParent();
        return here.relativize(Path.of("/").resolve(file)).toString().replace('\\', '/');
    }

    /** Files beside the pages that were linked. */
    Set<String> files() {
        return files;
    }
}
