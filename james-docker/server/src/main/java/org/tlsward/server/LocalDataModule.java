/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.server;

import com.google.inject.AbstractModule;
import com.google.inject.MembersInjector;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.rrt.file.XMLRecipientRewriteTable;
import org.apache.james.rrt.lib.MappingSource;
import org.apache.james.rrt.lib.Mappings;
import org.apache.james.rrt.memory.MemoryRecipientRewriteTable;
import org.apache.james.server.core.configuration.ConfigurationProvider;
import org.apache.james.sieverepository.file.SieveFileRepository;

/**
 * Aliases and forwards from {@code recipientrewritetable.xml}. James' own assembly reads them over WebAdmin only and
 * forgets them at the next restart; an alias that is gone would make a medical recipient a general one.
 *
 * <p>Sieve scripts are below {@code var/}, as everything that the server writes: the rest of a container may be read-only.
 */
final class LocalDataModule extends AbstractModule {

    private static final String CONFIGURATION = "recipientrewritetable";

    @Provides
    @Singleton
    MemoryRecipientRewriteTable rewriteTable(
            ConfigurationProvider configurations, MembersInjector<MemoryRecipientRewriteTable> members)
            throws ConfigurationException {
        HierarchicalConfiguration<ImmutableNode> configuration = configurations.getConfiguration(CONFIGURATION);
        MemoryRecipientRewriteTable table = new MemoryRecipientRewriteTable();
        members.injectMembers(table);
        if (configuration.containsKey("mapping")) {
            XMLRecipientRewriteTable configured = new XMLRecipientRewriteTable();
            configured.configure(configuration);
            for (Map.Entry<MappingSource, Mappings> each :
                    configured.getAllMappings().entrySet()) {
                each.getValue().asStream().forEach(mapping -> table.addMapping(each.getKey(), mapping));
            }
        }
        return table;
    }

    @Provides
    @Singleton
    SieveFileRepository sieveScripts(FileSystem files) throws IOException {
        return new SieveFileRepository(new BelowVar(files));
    }

    /** James names the folder of the scripts itself, beside {@code conf/} and {@code var/}. */
    private record BelowVar(FileSystem files) implements FileSystem {

        @Override
        public File getFile(String url) throws FileNotFoundException {
            return files.getFile(below(url));
        }

        @Override
        public InputStream getResource(String url) throws IOException {
            return files.getResource(below(url));
        }

        @Override
        public File getBasedir() throws FileNotFoundException {
            return files.getFile(FILE_PROTOCOL + "var/");
        }

        private static String below(String url) {
            return url.startsWith(FILE_PROTOCOL) ? FILE_PROTOCOL + "var/" + url.substring(FILE_PROTOCOL.length()) : url;
        }
    }
}
