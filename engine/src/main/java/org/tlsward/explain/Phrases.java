/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.explain;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * All phrases of a language. Not a {@code ResourceBundle}: what a server says must not depend on the locale it was started in.
 *
 * @param templates by key
 */
public record Phrases(Map<String, Template> templates) {
    private static final Map<Language, Phrases> BY_LANGUAGE = new EnumMap<>(Language.class);

    static {
        for (Language language : Language.values()) {
            BY_LANGUAGE.put(language, read(Phrases.class, "sentences", language));
        }
    }

    static Phrases in(Language language) {
        return BY_LANGUAGE.get(language);
    }

    /** The phrases of another package: {@code family_en.properties} beside that class. */
    public static Phrases read(Class<?> owner, String family, Language language) {
        String file = family + "_" + language.code() + ".properties";
        try (InputStream bytes = owner.getResourceAsStream(file)) {
            if (bytes == null) {
                throw new IllegalStateException("this JAR has no " + file);
            }
            Reader text = new InputStreamReader(bytes, StandardCharsets.UTF_8);
            Properties properties = new Properties();
            properties.load(text);
            Map<String, Template> templates = new TreeMap<>();
            properties
                    .stringPropertyNames()
                    .forEach(key -> templates.put(key, new Template(properties.getProperty(key))));
            return new Phrases(templates);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** True if there is such a phrase. */
    public boolean has(String key) {
        return templates.containsKey(key);
    }

    /** The phrase with these values for its parameters. */
    public String say(String key, Map<String, String> values) {
        return Optional.ofNullable(templates.get(key))
                .orElseThrow(() -> new IllegalStateException("no phrase for " + key))
                .fill(values);
    }

    /** The phrase, which has no parameters. */
    public String say(String key) {
        return say(key, Map.of());
    }
}
