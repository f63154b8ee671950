/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.james.core.Username;

/**
 * The mailboxes of the demo, as {@code conf/demo-users} names them: one address a line, a password of its own after a
 * blank if it shall not have the common one.
 *
 * @param passwords the password of each; the common one where empty
 */
record DemoUsers(Map<Username, Optional<String>> passwords) {

    /** Those of a file; none if there is no such file, as on every server that is not a demo. */
    static DemoUsers of(Path file) throws IOException, ConfigurationException {
        Map<Username, Optional<String>> users = new LinkedHashMap<>();
        if (Files.exists(file)) {
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            for (int number = 1; number <= lines.size(); number++) {
                String line = lines.get(number - 1).strip();
                if (!line.isEmpty() && !line.startsWith("#")) {
                    add(line, file + ":" + number, users);
                }
            }
        }
        return new DemoUsers(users);
    }

    private static void add(String line, String position, Map<Username, Optional<String>> users)
            throws ConfigurationException {
        String[] fields = line.split("\\s+", 2);
        Username user = username(fields[0], position);
        Optional<String> password = fields.length == 2 ? Optional.of(fields[1]) : Optional.empty();
        if (users.put(user, password) != null) {
            throw new ConfigurationException(position + ": " + user.asString() + " is there twice");
        }
    }

    private static Username username(String address, String position) throws ConfigurationException {
        try {
            Username user = Username.of(address);
            if (user.hasDomainPart()) {
                return user;
            }
        } catch (IllegalArgumentException e) {
            throw unusable(address, position);
        }
        throw unusable(address, position);
    }

    private static ConfigurationException unusable(String address, String position) {
        return new ConfigurationException(position + ": not an address: \"" + address + "\" (expected: local@domain)");
    }

    /** Passwords stay out of logs. */
    @Override
    public String toString() {
        return "DemoUsers" + passwords.keySet();
    }
}
