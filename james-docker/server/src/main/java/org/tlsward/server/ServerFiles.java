/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.server;

import java.io.FileNotFoundException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.server.core.configuration.Configuration;
import org.apache.james.server.core.configuration.FileConfigurationProvider;

/** What the configuration files of the servers say, read before James is put together. */
final class ServerFiles {

    /** The files conf/NAME.xml whose children NAME are servers that may speak TLS. */
    private static final List<String> COMPONENTS =
            List.of("smtpserver", "imapserver", "lmtpserver", "pop3server", "managesieveserver");

    private final FileSystem fileSystem;
    private final FileConfigurationProvider configurations;

    ServerFiles(FileSystem fileSystem, Configuration configuration) {
        this.fileSystem = fileSystem;
        this.configurations = new FileConfigurationProvider(fileSystem, configuration);
    }

    /** Every enabled server that speaks TLS, in the order of the files. */
    List<HierarchicalConfiguration<ImmutableNode>> tlsServers() throws ConfigurationException {
        List<HierarchicalConfiguration<ImmutableNode>> servers = new ArrayList<>();
        for (String component : COMPONENTS) {
            configurations.getConfiguration(component).configurationsAt(component).stream()
                    .filter(server -> server.getBoolean("[@enabled]", true))
                    .filter(server ->
                            server.getBoolean("tls.[@startTLS]", false) || server.getBoolean("tls.[@socketTLS]", false))
                    .forEach(servers::add);
        }
        return servers;
    }

    /** The host name that the SMTP servers say in their greeting, if one is configured. */
    Optional<String> helloName() throws ConfigurationException {
        return configurations.getConfiguration("smtpserver").configurationsAt("smtpserver").stream()
                .filter(server -> !server.getBoolean("helloName.[@autodetect]", true))
                .map(server -> server.getString("helloName", ""))
                .filter(name -> !name.isBlank())
                .findFirst();
    }

    /** The file of James' notation, {@code file://conf/...}, {@code file://var/...} or {@code file:///...}. */
    Path path(String url) throws ConfigurationException {
        try {
            return fileSystem.getFile(url).toPath();
        } catch (FileNotFoundException e) {
            throw new ConfigurationException("not a file: " + url, e);
        }
    }
}
