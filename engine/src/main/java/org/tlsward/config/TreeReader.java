/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.commons.configuration2.tree.ImmutableNode;

/** Checks a tree against the {@link Vocabulary}: unknown names, several where one is allowed, text where none is. */
final class TreeReader {
    private final Function<ImmutableNode, OptionalInt> lines;
    private final EnvironmentReferences references;
    private final FileUrls files;
    private final Problems problems;

    TreeReader(
            Function<ImmutableNode, OptionalInt> lines,
            EnvironmentReferences references,
            FileUrls files,
            Problems problems) {
        this.lines = lines;
        this.references = references;
        this.files = files;
        this.problems = problems;
    }

    /** The element of {@code node}; what does not belong into it is left out and reported. */
    Element read(ImmutableNode node, ElementType type) {
        return read(node, type, "");
    }

    private Element read(ImmutableNode node, ElementType type, String path) {
        Element.Place place = new Element.Place(path, lines.apply(node), problems, files);
        Map<String, String> attributes = new LinkedHashMap<>();
        Set<String> unresolved = new HashSet<>();
        node.getAttributes().forEach((name, value) -> {
            if (type.attributes().contains(name)) {
                resolve(place, name, value)
                        .ifPresentOrElse(text -> attributes.put(name, text), () -> unresolved.add(name));
            } else {
                report(place, name, "unknown attribute" + suggestion(name, type.attributes()));
            }
        });
        String text = resolve(place, "", node.getValue()).orElse("").strip();
        if (!text.isEmpty() && !type.text()) {
            report(place, "", "unexpected text \"" + text + "\"");
        }
        return new Element(type, place, attributes, unresolved, text, children(node, type, place));
    }

    private List<Element> children(ImmutableNode node, ElementType type, Element.Place parent) {
        List<Element> elements = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (ImmutableNode child : node.getChildren()) {
            String name = String.valueOf(child.getNodeName());
            Optional<ElementType> childType = type.child(name);
            if (childType.isEmpty()) {
                report(
                        new Element.Place(below(parent.path(), name), lines.apply(child), problems, files),
                        "",
                        "unknown element"
                                + suggestion(
                                        name,
                                        type.children().stream()
                                                .map(ElementType::name)
                                                .toList()));
                continue;
            }
            Element element = read(child, childType.get(), below(parent.path(), labelled(child, childType.get())));
            if (!seen.add(name) && !childType.get().repeatable()) {
                element.problem("", "there is one already (expected: at most one)");
            }
            elements.add(element);
        }
        return elements;
    }

    private Optional<String> resolve(Element.Place place, String attribute, Object value) {
        try {
            return Optional.of(references.resolve(value == null ? "" : String.valueOf(value)));
        } catch (IllegalArgumentException e) {
            report(place, attribute, e.getMessage());
            return Optional.empty();
        }
    }

    private void report(Element.Place place, String attribute, String message) {
        problems.add(place.line(), attribute.isEmpty() ? place.path() : place.path() + "@" + attribute, message);
    }

    private static String suggestion(String name, Collection<String> known) {
        return Suggestion.nearest(name, known)
                .map(meant -> ", did you mean \"" + meant + "\"?")
                .orElseGet(() -> known.isEmpty()
                        ? " (expected: none)"
                        : " (expected: " + String.join(", ", new TreeSet<>(known)) + ")");
    }

    private static String labelled(ImmutableNode node, ElementType type) {
        return type.name()
                + type.label()
                        .map(label -> node.getAttributes().get(label))
                        .map(value -> "(" + value + ")")
                        .orElse("");
    }

    private static String below(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
