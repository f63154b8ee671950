/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.documentation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The smallest {@code tlsward.xml} with one element, its attributes, and what these cannot be without. */
final class SmallestFile {
    private static final String DIGEST = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    private SmallestFile() {}

    static String with(String path, Map<String, String> attributes) {
        String name = path.replaceAll(".*/", "");
        Map<String, String> all = new LinkedHashMap<>(needed(path));
        all.putAll(attributes);
        beside(path, all);
        String element = "<" + name
                + all.entrySet().stream()
                        .map(some -> " " + some.getKey() + "=\"" + some.getValue() + "\"")
                        .collect(Collectors.joining());
        return file(path, element);
    }

    private static Map<String, String> needed(String path) {
        return switch (path) {
            case "classes" -> Map.of("default", "general");
            case "classes/class" -> Map.of("name", "lab");
            case "classes/class/alternative" -> Map.of("lang", "en");
            case "ldap" -> Map.of("url", "ldaps://ldap.klinik.example");
            case "destinations/destination" -> Map.of("match", "partner.example");
            case "destinations/exception" -> Map.of(
                    "match", "partner.example", "level", "encrypt", "reason", "x", "until", "2027-05-31");
            case "tlsrpt" -> Map.of("contact", "mailto:tls-reports@klinik.example");
            default -> Map.of();
        };
    }

    /** What a value needs beside it. */
    private static void beside(String path, Map<String, String> all) {
        boolean rule = path.endsWith("outbound") || path.endsWith("destination");
        if (rule && (all.containsKey("minimum") || "true".equals(all.get("forwardSecrecy")))) {
            all.putIfAbsent("level", "encrypt");
        }
        if ("true".equals(all.get("startTls"))) {
            all.put("url", "ldap://ldap.klinik.example");
        }
        if (rule && all.containsValue("fingerprint")) {
            all.putIfAbsent("sha256", DIGEST);
        }
    }

    private static String file(String path, String element) {
        String general = "<class name=\"general\"/>";
        if (path.equals("classes")) {
            return "<tlsward>" + element + ">" + general + "</classes></tlsward>";
        }
        if (path.startsWith("classes/")) {
            String inside = path.equals("classes/class")
                    ? element + "/>"
                    : "<class name=\"lab\">" + element + (path.endsWith("alternative") ? ">text</alternative>" : "/>")
                            + "</class>";
            return "<tlsward><classes default=\"general\">" + inside + general + "</classes></tlsward>";
        }
        String classes = "<tlsward><classes default=\"general\">" + general + "</classes>";
        String rest =
                path.startsWith("destinations/") ? "<destinations>" + element + "/></destinations>" : element + "/>";
        return classes + rest + "</tlsward>";
    }
}
