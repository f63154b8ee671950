/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tlsward.classes.ClassMembers;
import org.tlsward.policy.ClassRule;
import org.tlsward.policy.InboundMinimum;
import org.tlsward.policy.InboundRule;
import org.tlsward.policy.IpNetwork;
import org.tlsward.policy.OutboundRule;

/** Reads {@code <classes>}. */
final class ClassesReader {
    /** Class names appear in matcher conditions, logs and file names. */
    private static final Pattern CLASS_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

    private static final Syntax<String> NAME =
            new Syntax<>("up to 64 letters, digits, - and _", text -> Optional.of(text)
                    .filter(name -> CLASS_NAME.matcher(name).matches()));
    private static final Syntax<String> LANGUAGE = Syntax.words(List.of("de", "en", "fr"));
    private static final Syntax<String> DELIMITERS = new Syntax<>(
            "characters that begin a sub-address, like + or -, or nothing; not @, . or blanks",
            text -> Optional.of(text).filter(delimiters -> delimiters.matches("[!#$%&'*+/=?^_`{|}~-]*")));
    private static final String DEFAULT_DELIMITERS = "+";

    /**
     * What {@code <classes>} says.
     *
     * @param rules by name, in the order of the file
     * @param members in the order of the file
     * @param defaultClass the class of everybody else
     * @param subAddressDelimiters characters that begin a sub-address
     */
    record Classes(
            Map<String, ClassRule> rules,
            List<ClassMembers> members,
            String defaultClass,
            String subAddressDelimiters) {}

    private ClassesReader() {}

    static Classes read(Element classes) {
        String delimiters = classes.value("subAddressDelimiters", DELIMITERS).orElse(DEFAULT_DELIMITERS);
        Map<String, ClassRule> rules = new LinkedHashMap<>();
        List<ClassMembers> members = new ArrayList<>();
        for (Element element : classes.all("class")) {
            Optional<String> name = element.required("name", NAME);
            ClassRule rule = rule(element, name.orElse(""));
            members.add(new ClassMembers(rule.name(), MembersReader.read(element, delimiters)));
            if (name.isPresent() && rules.putIfAbsent(rule.name(), rule) != null) {
                element.problem(
                        "name", "there is a class \"" + rule.name() + "\" already (expected: one of each name)");
            }
        }
        return new Classes(rules, members, defaultClass(classes, rules), delimiters);
    }

    private static String defaultClass(Element classes, Map<String, ClassRule> rules) {
        Optional<String> name = classes.required("default", NAME);
        name.filter(some -> !rules.containsKey(some))
                .ifPresent(some -> classes.unsupported(
                        "default",
                        some,
                        rules.isEmpty() ? "the name of a class; there is none" : String.join(", ", rules.keySet())));
        return name.orElse("");
    }

    private static ClassRule rule(Element element, String name) {
        Optional<Profile> profile = element.value("profile", Syntax.PROFILE);
        InboundRule inbound = element.first("inbound")
                .map(some -> inbound(some, profile))
                .orElseGet(() -> profile.map(some -> new InboundRule(some.inbound(), Optional.empty(), List.of()))
                        .orElse(InboundRule.NOTHING));
        OutboundRule outbound = element.first("outbound")
                .map(some -> outbound(some, profile))
                .orElseGet(() -> profile.map(ClassesReader::outbound).orElse(OutboundRule.NOTHING));
        return new ClassRule(name, inbound, outbound, alternatives(element));
    }

    private static InboundRule inbound(Element element, Optional<Profile> profile) {
        Optional<InboundMinimum> written = element.value("minimum", Syntax.INBOUND_MINIMUM);
        InboundMinimum floor = profile.map(Profile::inbound).orElse(InboundMinimum.NONE);
        written.filter(minimum -> minimum.compareTo(floor) < 0)
                .ifPresent(minimum -> element.problem(
                        "minimum", Demand.lowers(profile.orElseThrow(), minimum.word(), floor.word() + " or newer")));
        InboundMinimum minimum = written.orElse(floor).join(floor);
        Optional<InboundMinimum> observe = element.value("observe", Syntax.INBOUND_MINIMUM);
        // The same is what is left when an observed minimum is put in force: harmless, and no reason to keep the old
        // version.
        observe.filter(some -> some.compareTo(minimum) < 0)
                .ifPresent(some -> element.problem(
                        "observe",
                        "there is nothing to observe beyond minimum \"" + minimum.word()
                                + "\" (expected: a stricter minimum, or no observe at all)"));
        List<IpNetwork> exempt = element.value("exempt", Syntax.NETWORKS).orElse(List.of());
        return new InboundRule(minimum, observe, exempt);
    }

    private static OutboundRule outbound(Element element, Optional<Profile> profile) {
        Demand demand = Demand.read(element, profile);
        Duration giveUpAfter = element.value("giveUpAfter", Syntax.DURATION).orElse(OutboundRule.NOTHING.giveUpAfter());
        Duration usual = OutboundRule.NOTHING.warnAfter();
        Duration warnAfter = element.value("warnAfter", Syntax.DURATION)
                .orElse(usual.compareTo(giveUpAfter) < 0 ? usual : giveUpAfter);
        if (warnAfter.compareTo(giveUpAfter) > 0) {
            element.problem(
                    "warnAfter",
                    "the sender would be warned after the mail was given up (expected: not after" + " giveUpAfter)");
        }
        return new OutboundRule(demand.level(), demand.required(), demand.observe(), warnAfter, giveUpAfter);
    }

    private static OutboundRule outbound(Profile profile) {
        OutboundRule usual = OutboundRule.NOTHING;
        return new OutboundRule(
                profile.level(), profile.outbound(), Optional.empty(), usual.warnAfter(), usual.giveUpAfter());
    }

    private static Map<String, String> alternatives(Element element) {
        Map<String, String> alternatives = new HashMap<>();
        for (Element alternative : element.all("alternative")) {
            Optional<String> language = alternative.required("lang", LANGUAGE);
            if (alternative.text().isEmpty()) {
                alternative.problem("", "empty (expected: what people can do instead of sending mail)");
            }
            if (language.isPresent() && alternatives.putIfAbsent(language.get(), oneLine(alternative)) != null) {
                alternative.problem("lang", "there is an alternative in \"" + language.get() + "\" already");
            }
        }
        return alternatives;
    }

    /** It goes into SMTP replies: a line break would end the reply (RFC 5321 §4.2). */
    private static String oneLine(Element alternative) {
        return alternative.text().replaceAll("[\\s\\p{Cntrl}]+", " ");
    }
}
