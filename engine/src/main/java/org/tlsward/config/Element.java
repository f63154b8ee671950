/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One element whose names have been checked against the {@link Vocabulary}. Values that are wrong become {@link Problems} and look
 * absent, so that reading goes on and finds the next one.
 *
 * @param type what it may contain
 * @param place how messages call it
 * @param attributes of the file; those that could not be resolved are missing
 * @param unresolved attributes that have been complained about already
 * @param text without blanks around it; empty if none
 * @param children elements in it, in the order of the file
 */
record Element(
        ElementType type,
        Place place,
        Map<String, String> attributes,
        Set<String> unresolved,
        String text,
        List<Element> children) {

    /**
     * Where an element stands, and what reports and resolves for it.
     *
     * @param path for example {@code classes.class(medical).inbound}
     * @param line if known
     * @param problems where complaints go
     * @param files finds the file of a URL
     */
    record Place(String path, OptionalInt line, Problems problems, FileUrls files) {}

    /** True if the attribute stands in the file, whatever its value. */
    boolean has(String attribute) {
        return attributes.containsKey(known(attribute)) || unresolved.contains(attribute);
    }

    /** The text of an attribute; empty if absent. */
    Optional<String> attribute(String attribute) {
        return Optional.ofNullable(attributes.get(known(attribute)));
    }

    /** The value of an attribute; empty if absent or wrong. */
    <T> Optional<T> value(String attribute, Syntax<T> syntax) {
        Optional<String> written = attribute(attribute);
        Optional<T> value = written.flatMap(syntax::parse);
        if (written.isPresent() && value.isEmpty()) {
            unsupported(attribute, written.get(), syntax.expected());
        }
        return value;
    }

    /** The value of an attribute that must not be missing. */
    <T> Optional<T> required(String attribute, Syntax<T> syntax) {
        if (!has(attribute)) {
            problem(attribute, "missing (expected: " + syntax.expected() + ")");
        }
        return value(attribute, syntax);
    }

    /** The file that an attribute names; it must exist. */
    Optional<Path> file(String attribute) {
        return attribute(attribute).flatMap(url -> existing(attribute, url));
    }

    /** The file that the text names; it must exist. */
    Optional<Path> fileOfText() {
        return existing("", text);
    }

    private Optional<Path> existing(String attribute, String url) {
        Optional<Path> path = path(attribute, url);
        if (path.isPresent() && !(Files.isRegularFile(path.get()) && Files.isReadable(path.get()))) {
            unsupported(attribute, url, "a file that can be read; there is none at " + path.get());
            return Optional.empty();
        }
        return path;
    }

    /** The path that a URL means; the file need not exist. */
    Optional<Path> path(String attribute, String url) {
        Optional<Path> path = place.files().resolve(url);
        if (path.isEmpty()) {
            unsupported(attribute, url, FileUrls.EXPECTED);
        }
        return path;
    }

    /** The elements of that name, in the order of the file. */
    List<Element> all(String name) {
        if (type.child(name).isEmpty()) {
            throw new IllegalStateException("the vocabulary has no element " + name + " in " + type.name());
        }
        return children.stream()
                .filter(child -> child.type().name().equals(name))
                .toList();
    }

    /** The first element of that name; several are a problem already. */
    Optional<Element> first(String name) {
        return all(name).stream().findFirst();
    }

    /** The same as a stream. */
    Stream<Element> stream(String name) {
        return all(name).stream();
    }

    void unsupported(String attribute, String value, String expected) {
        problem(attribute, "unsupported value \"" + value + "\" (expected: " + expected + ")");
    }

    /** Complains about an attribute, or about the element itself if that is blank. */
    void problem(String attribute, String message) {
        String key = attribute.isEmpty() ? place.path() : place.path() + "@" + attribute;
        place.problems().add(place.line(), key, message);
    }

    private String known(String attribute) {
        if (!type.attributes().contains(attribute)) {
            throw new IllegalStateException("the vocabulary has no attribute " + attribute + " in " + type.name());
        }
        return attribute;
    }
}
