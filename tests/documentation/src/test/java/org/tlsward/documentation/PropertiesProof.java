/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.documentation;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.regex.Pattern;
import org.tlsward.site.Page.Block;

/** {@code properties}: keys that James, we or the JVM read; classes that are there. */
final class PropertiesProof implements Proof {
    private static final Pattern CLASS = Pattern.compile("org\\.(?:apache\\.james|tlsward)\\.[A-Za-z0-9_.$]+");

    @Override
    public void of(Block block, Context context) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(block.text()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalArgumentException e) {
            throw new Mistake(block.page(), block.line(), "broken properties: " + e.getMessage());
        }
        if (properties.isEmpty()) {
            throw new Mistake(block.page(), block.line(), "properties without a key");
        }
        for (String key : properties.stringPropertyNames()) {
            int line = Words.lineOf(block, key);
            if (!isRead(key)) {
                throw new Mistake(block.page(), line, "unknown key", key, "one that James, TLS Ward or the JVM reads");
            }
            CLASS.matcher(properties.getProperty(key))
                    .results()
                    .forEach(some -> JamesClasses.checkThere(block, line, some.group()));
        }
    }

    private static boolean isRead(String key) {
        boolean ofTheJvm = key.startsWith("java.") || key.startsWith("javax.net.ssl.") || key.startsWith("jdk.tls.");
        return ofTheJvm || JamesWords.all().whole().contains(key);
    }
}
