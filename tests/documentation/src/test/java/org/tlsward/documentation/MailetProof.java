/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.documentation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.tlsward.mailets.PageMailets;
import org.tlsward.matchers.PageMatchers;
import org.tlsward.site.Page.Block;
import org.w3c.dom.Element;

/** Mailets and matchers of {@code mailetcontainer.xml}: classes that are there, and parameters and conditions that they take. */
final class MailetProof {
    private static final String OURS = "org.tlsward.";

    void of(Block block, Element root, Context context) {
        List<Element> all = XmlProof.all(root);
        List<String> named = all.stream()
                .filter(element -> element.getTagName().equals("matcher") && element.hasAttribute("name"))
                .map(element -> element.getAttribute("name"))
                .toList();
        for (Element element : all) {
            if (element.getTagName().equals("mailet")) {
                mailet(block, element);
                matcher(block, element, named, context);
            } else if (element.getTagName().equals("matcher")) {
                matcher(block, element, named, context);
            }
        }
    }

    /** Everything inside of a mailet is a parameter of it. */
    static boolean isParameter(Element element) {
        for (var node = element.getParentNode(); node instanceof Element parent; node = parent.getParentNode()) {
            if (parent.getTagName().equals("mailet") && !element.getTagName().equals("matcher")) {
                return true;
            }
        }
        return false;
    }

    private static void mailet(Block block, Element element) {
        String name = element.getAttribute("class");
        int line = Words.lineOf(block, name);
        Class<?> type = JamesClasses.mailet(name)
                .orElseThrow(() ->
                        new Mistake(block.page(), line, "unknown mailet", name, "a class of James or of TLS Ward"));
        Map<String, String> parameters = XmlProof.children(element).stream()
                .filter(child -> !child.getTagName().equals("matcher"))
                .collect(Collectors.toMap(
                        Element::getTagName,
                        child -> child.getTextContent().strip(),
                        (one, other) -> one,
                        LinkedHashMap::new));
        if (type.getName().startsWith(OURS)) {
            told(block, line, PageMailets.problem(type, parameters));
            return;
        }
        parameters.keySet().stream()
                .filter(parameter -> !JamesWords.all().words().contains(parameter))
                .findFirst()
                .ifPresent(parameter -> {
                    throw new Mistake(
                            block.page(),
                            Words.lineOf(block, parameter),
                            "unknown parameter",
                            parameter,
                            "one that " + name + " reads");
                });
    }

    private static void matcher(Block block, Element element, List<String> named, Context context) {
        String match = element.getAttribute("match");
        if (match.isEmpty() || named.contains(match)) {
            return;
        }
        String name = match.split("=", 2)[0];
        String condition = match.contains("=") ? match.split("=", 2)[1] : "";
        int line = Words.lineOf(block, match);
        Class<?> type = JamesClasses.matcher(name)
                .orElseThrow(() ->
                        new Mistake(block.page(), line, "unknown matcher", name, "a class of James or of TLS Ward"));
        if (type.getName().startsWith(OURS)) {
            told(block, line, PageMatchers.problem(type, condition, context.classes()));
        }
    }

    private static void told(Block block, int line, String problem) {
        if (!problem.isEmpty()) {
            throw new Mistake(block.page(), line, problem);
        }
    }
}
