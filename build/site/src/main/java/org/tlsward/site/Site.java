/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.site;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * All pages as HTML, with a list of pages, a table of contents, and nothing from elsewhere: it works from a disk and prints well.
 *
 * <pre>java -jar site.jar REPOSITORY TARGET</pre>
 */
public final class Site {
    private static final String STYLE = "style.css";

    /** Its links are the order of the list of pages. */
    private static final String INDEX = "docs/README.md";

    private final Path root;
    private final Map<String, Page> pages;

    private Site(Path root, List<Page> pages) {
        this.root = root;
        this.pages = ordered(pages);
    }

    /** Makes the site. */
    public static void main(String[] args) throws IOException {
        if (args.length != 2) {
            System.err.println("unsupported arguments (expected: REPOSITORY TARGET)");
            System.exit(64);
        }
        Path target = Path.of(args[1]);
        int count = build(Path.of(args[0]), target);
        System.out.println(count + " pages: " + target.resolve("index.html"));
    }

    /** Makes the site in a folder; files that are there are replaced. Returns how many pages there are. */
    public static int build(Path root, Path target) throws IOException {
        Site site = new Site(root, Pages.of(root));
        site.write(target);
        return site.pages.size();
    }

    /** First those that the index names, in its order; then the others, those of decisions last. */
    private static Map<String, Page> ordered(List<Page> pages) {
        Map<String, Page> byName = pages.stream()
                .collect(Collectors.toMap(Page::name, page -> page, (one, other) -> one, LinkedHashMap::new));
        Map<String, Page> ordered = new LinkedHashMap<>();
        List<String> names = new ArrayList<>(List.of("README.md", INDEX));
        if (byName.containsKey(INDEX)) {
            byName.get(INDEX).references().stream()
                    .map(link -> Links.resolve(INDEX, link.target()))
                    .forEach(names::add);
        }
        names.addAll(byName.keySet());
        names.stream().filter(byName::containsKey).forEach(name -> ordered.putIfAbsent(name, byName.get(name)));
        return ordered;
    }

    private void write(Path target) throws IOException {
        Files.createDirectories(target);
        try (InputStream style = Site.class.getResourceAsStream(STYLE)) {
            Files.write(target.resolve(STYLE), style.readAllBytes());
        }
        for (Page page : pages.values()) {
            Links links = new Links(root, page.name(), pages.keySet());
            Path file = target.resolve(Links.htmlName(page.name()));
            Files.createDirectories(file.getParent());
            Files.writeString(file, new PageHtml(page, links, pages.values()).html());
            for (String linked : links.files()) {
                Path copy = target.resolve(linked);
                Files.createDirectories(copy.getParent());
                Files.write(copy, Files.readAllBytes(root.resolve(linked)));
            }
        }
    }
}
