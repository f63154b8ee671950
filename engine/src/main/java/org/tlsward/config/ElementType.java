/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What an element may contain.
 *
 * @param name of the element
 * @param repeatable true if its parent may have several
 * @param text true if it has a text
 * @param attributes names of its attributes
 * @param children types of the elements in it
 */
record ElementType(String name, boolean repeatable, boolean text, Set<String> attributes, List<ElementType> children) {

    static ElementType of(String name, String... attributes) {
        return new ElementType(name, false, false, Set.of(attributes), List.of());
    }

    ElementType many() {
        return new ElementType(name, true, text, attributes, children);
    }

    ElementType withText() {
        return new ElementType(name, repeatable, true, attributes, children);
    }

    ElementType containing(ElementType... types) {
        return new ElementType(name, repeatable, text, attributes, List.of(types));
    }

    Optional<ElementType> child(String childName) {
        return children.stream().filter(type -> type.name().equals(childName)).findFirst();
    }

    /** The attribute whose value tells one of several elements from the others. */
    Optional<String> label() {
        return Stream.of("name", "match").filter(attributes::contains).findFirst();
    }

    /** Every key in it: {@code classes/class/inbound} for elements, {@code classes/class/inbound@minimum} for attributes. */
    Set<String> keys() {
        Set<String> keys = new TreeSet<>();
        collectKeys(name, keys);
        return keys;
    }

    private void collectKeys(String path, Set<String> keys) {
        keys.add(path);
        attributes.forEach(attribute -> keys.add(path + "@" + attribute));
        children.forEach(type -> type.collectKeys(path + "/" + type.name(), keys));
    }
}
