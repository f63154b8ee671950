/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.release;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A bill of materials in CycloneDX 1.6: JARs of ours, the libraries inside them, and libraries beside them. Under {@code dependencies} each of
 * our JARs has what is inside; what is under the product itself lies beside the others. The same content gives the same bytes.
 *
 * @param product as in {@code tlsward}
 * @param version of the release
 * @param date of the version
 * @param jars ours
 * @param beside libraries that are files of their own
 */
record Bom(String product, String version, Instant date, List<ShippedJar> jars, List<Library> beside) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    String json() throws IOException {
        ObjectNode bom = JSON.objectNode();
        bom.put("$schema", "http://cyclonedx.org/schema/bom-1.6.schema.json");
        bom.put("bomFormat", "CycloneDX");
        bom.put("specVersion", "1.6");
        bom.put("version", 1);
        bom.set("metadata", metadata());
        bom.set("components", components());
        bom.set("dependencies", dependencies());
        bom.set("compositions", compositions());
        // Not of chance, and another one for other content.
        UUID serial = UUID.nameUUIDFromBytes(printed(bom).getBytes(StandardCharsets.UTF_8));
        bom.put("serialNumber", "urn:uuid:" + serial);
        return printed(bom);
    }

    /** How many libraries of others it names. */
    int libraries() {
        return inside().size() + beside.size();
    }

    private ObjectNode metadata() {
        ObjectNode metadata = JSON.objectNode().put("timestamp", date.toString());
        ObjectNode component = JSON.objectNode()
                .put("type", "application")
                .put("bom-ref", purl(product))
                .put("name", product)
                .put("version", version)
                .put("purl", purl(product));
        component.set("licenses", licences(List.of("Apache-2.0")));
        metadata.set("component", component);
        return metadata;
    }

    private ArrayNode components() throws IOException {
        ArrayNode components = JSON.arrayNode();
        for (ShippedJar jar : jars) {
            ObjectNode component = component(fileName(jar), version, purl(fileName(jar)), jar.file());
            component.set("licenses", licences(List.of("Apache-2.0")));
            components.add(component.put("description", "TLS Ward: " + jar.name()));
        }
        for (Map.Entry<Library, Set<String>> each : inside().entrySet()) {
            ObjectNode component = library(each.getKey());
            ArrayNode properties = component.withArray("properties");
            each.getValue().forEach(jar -> properties.add(property("tlsward:inside", jar)));
            components.add(component);
        }
        for (Library library : beside) {
            components.add(library(library));
        }
        return components;
    }

    /** Each library and the JARs of ours that it is inside. */
    private Map<Library, Set<String>> inside() {
        Map<Library, Set<String>> inside =
                new TreeMap<>((a, b) -> a.coordinates().compareTo(b.coordinates()));
        for (ShippedJar jar : jars) {
            jar.inside().forEach(library -> inside.computeIfAbsent(library, any -> new TreeSet<>())
                    .add(jar.name()));
        }
        return inside;
    }

    private static ObjectNode library(Library library) throws IOException {
        Coordinates coordinates = library.coordinates();
        ObjectNode component =
                component(coordinates.artifact(), coordinates.version(), coordinates.purl(), library.jar());
        component.put("group", coordinates.group());
        component.set("licenses", licences(library.choices()));
        if (!library.pom().url().isEmpty()) {
            ObjectNode reference = JSON.objectNode()
                    .put("type", "website")
                    .put("url", library.pom().url());
            component.withArray("externalReferences").add(reference);
        }
        if (library.choices().size() > 1) {
            component.withArray("properties").add(property("tlsward:licence-taken", library.chosen()));
        }
        for (Licences.Part part : library.parts()) {
            ObjectNode nested = JSON.objectNode().put("type", "library").put("name", part.name());
            nested.set("licenses", licences(List.of(part.licence())));
            component.withArray("components").add(nested);
        }
        return component;
    }

    private static ObjectNode component(String name, String version, String purl, Path file) throws IOException {
        ObjectNode component = JSON.objectNode()
                .put("type", "library")
                .put("bom-ref", purl)
                .put("name", name)
                .put("version", version);
        for (String algorithm : List.of("SHA-256", "SHA-512")) {
            component
                    .withArray("hashes")
                    .add(JSON.objectNode().put("alg", algorithm).put("content", Hashes.of(algorithm, file)));
        }
        return component.put("purl", purl);
    }

    private static ArrayNode licences(List<String> choices) {
        ObjectNode licence = JSON.objectNode();
        String only = choices.get(0);
        if (choices.size() > 1 || only.contains(" ")) {
            licence.put("expression", String.join(" OR ", choices));
        } else {
            licence.set(
                    "license",
                    JSON.objectNode()
                            .put(
                                    only.startsWith("LicenseRef-") ? "name" : "id",
                                    only.replaceFirst("^LicenseRef-", "")));
        }
        return JSON.arrayNode().add(licence);
    }

    private ArrayNode dependencies() {
        ArrayNode dependencies = JSON.arrayNode();
        TreeSet<String> all =
                jars.stream().map(Bom::fileName).map(this::purl).collect(Collectors.toCollection(TreeSet::new));
        beside.forEach(library -> all.add(library.coordinates().purl()));
        dependencies.add(dependency(purl(product), all));
        for (ShippedJar jar : jars) {
            dependencies.add(dependency(
                    purl(fileName(jar)),
                    jar.inside().stream()
                            .map(library -> library.coordinates().purl())
                            .collect(Collectors.toCollection(TreeSet::new))));
        }
        return dependencies;
    }

    private static ObjectNode dependency(String of, Set<String> on) {
        ObjectNode dependency = JSON.objectNode().put("ref", of);
        on.forEach(dependency.withArray("dependsOn")::add);
        return dependency;
    }

    /** Of our JARs we know that this is all; of what other people mixed into theirs we do not. */
    private ArrayNode compositions() {
        ObjectNode ours = JSON.objectNode().put("aggregate", "complete");
        ours.withArray("dependencies").add(purl(product));
        jars.forEach(jar -> ours.withArray("dependencies").add(purl(fileName(jar))));
        return JSON.arrayNode().add(ours);
    }

    private static ObjectNode property(String name, String value) {
        return JSON.objectNode().put("name", name).put("value", value);
    }

    private String purl(String name) {
        return "pkg:generic/" + name + '@' + version;
    }

    private static String fileName(ShippedJar jar) {
        return jar.file().getFileName().toString();
    }

    private static String printed(ObjectNode node) throws JsonProcessingException {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentObjectsWith(indenter);
        printer.indentArraysWith(indenter);
        return new ObjectMapper().writer(printer).writeValueAsString(node) + '\n';
    }
}
