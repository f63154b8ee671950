/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import com.google.common.base.Splitter;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.mail.MessagingException;
import org.apache.mailet.MailetConfig;
import org.tlsward.explain.Language;
import org.tlsward.explain.LanguageRules;

/** The parameters that mailets with notices have in common. */
final class NoticeParameters {
    /** {@code language}, {@code senderLanguages}, {@code defaultLanguage}. */
    static final Set<String> LANGUAGE = Set.of("language", "senderLanguages", "defaultLanguage");

    private NoticeParameters() {}

    /** In which language to write to whom. */
    static LanguageRules languages(MailetConfig config) throws MessagingException {
        Map<String, Language> senders = new LinkedHashMap<>();
        for (String pair : Splitter.on(',')
                .trimResults()
                .omitEmptyStrings()
                .split(text(config, "senderLanguages").orElse(""))) {
            String[] halves = pair.split("=", 2);
            if (halves.length != 2) {
                throw unsupported(config, "senderLanguages", pair, "pairs like fern.example=fr, separated by commas");
            }
            senders.put(halves[0].strip().toLowerCase(Locale.ROOT), language(config, "senderLanguages", halves[1]));
        }
        Optional<String> always = text(config, "language");
        return new LanguageRules(
                always.isPresent() ? Optional.of(language(config, "language", always.get())) : Optional.empty(),
                senders,
                language(
                        config,
                        "defaultLanguage",
                        text(config, "defaultLanguage").orElse("en")));
    }

    private static Language language(MailetConfig config, String name, String value) throws MessagingException {
        return Language.of(value.strip()).orElseThrow(() -> unsupported(config, name, value, Language.codes()));
    }

    /** A parameter, if it is there and not blank. */
    static Optional<String> text(MailetConfig config, String name) {
        return Optional.ofNullable(config.getInitParameter(name))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    /** @throws MessagingException if there is a parameter that is none of these */
    static void checkNames(MailetConfig config, Set<String> known) throws MessagingException {
        for (Iterator<String> names = config.getInitParameterNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name) && !name.equals("onMailetException")) {
                throw unsupported(
                        config,
                        "parameter",
                        name,
                        known.isEmpty()
                                ? "none"
                                : String.join(", ", known.stream().sorted().toList()));
            }
        }
    }

    static MessagingException unsupported(MailetConfig config, String name, String value, String expected) {
        return new MessagingException("mailetcontainer.xml: " + config.getMailetName() + ": unsupported " + name + " \""
                + value + "\" (expected: " + expected + ")");
    }
}
