/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.server;

import com.google.inject.AbstractModule;
import com.google.inject.MembersInjector;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.util.Map;
import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.rrt.file.XMLRecipientRewriteTable;
import org.apache.james.rrt.lib.MappingSource;
import org.apache.james.rrt.lib.Mappings;
import org.apache.james.rrt.memory.MemoryRecipientRewriteTable;
import org.apache.james.server.core.configuration.ConfigurationProvider;

/**
 * Aliases and forwards from {@code recipientrewritetable.xml}. James' own assembly reads them over WebAdmin only and
 * forgets them at the next restart; an alias that is gone would make a medical recipient a general one.
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
}
