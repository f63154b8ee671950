/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.server;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.ProvidesIntoSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.UserEntityValidator;
import org.apache.james.core.Username;
import org.apache.james.domainlist.api.DomainList;
import org.apache.james.filesystem.api.JamesDirectoriesProvider;
import org.apache.james.server.core.configuration.ConfigurationProvider;
import org.apache.james.user.api.UsersRepository;
import org.apache.james.user.lib.UsersRepositoryImpl;
import org.apache.james.user.lib.model.Algorithm;
import org.apache.james.utils.InitializationOperation;
import org.apache.james.utils.InitilizationOperationBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Users where {@code usersrepository.xml} names no LDAP: those of the demo, in memory. */
final class DemoUsersModule extends AbstractModule {

    private static final Logger LOGGER = LoggerFactory.getLogger(DemoUsersModule.class);
    private static final String FILE = "demo-users";
    private static final String CONFIGURATION = "usersrepository";

    @Override
    protected void configure() {
        bind(UsersRepository.class).to(new TypeLiteral<UsersRepositoryImpl<UsersInMemory>>() {});
    }

    @Provides
    @Singleton
    UsersInMemory users(ConfigurationProvider configurations, JamesDirectoriesProvider directories)
            throws ConfigurationException, IOException {
        HierarchicalConfiguration<ImmutableNode> configuration = configurations.getConfiguration(CONFIGURATION);
        UsersInMemory users = new UsersInMemory(Algorithm.of(
                configuration.getString("algorithm", "PBKDF2-SHA512"),
                configuration.getString("hashingMode", "plain")));
        DemoUsers demo = DemoUsers.of(Path.of(directories.getConfDirectory(), FILE));
        if (!demo.passwords().isEmpty()) {
            DemoPassword common = DemoPassword.in(Path.of(directories.getVarDirectory()));
            for (Map.Entry<Username, Optional<String>> each : demo.passwords().entrySet()) {
                users.addUser(each.getKey(), each.getValue().orElse(common.value()));
            }
            LOGGER.warn(
                    "Demo: {} mailboxes from {}, in memory: what is delivered to them is gone after a restart",
                    users.countUsers(),
                    FILE);
        }
        return users;
    }

    @Provides
    @Singleton
    UsersRepositoryImpl<UsersInMemory> repository(
            DomainList domains, UsersInMemory users, UserEntityValidator validator) {
        UsersRepositoryImpl<UsersInMemory> repository = new UsersRepositoryImpl<>(domains, users);
        repository.setValidator(validator);
        return repository;
    }

    @ProvidesIntoSet
    InitializationOperation configureRepository(
            ConfigurationProvider configurations, UsersRepositoryImpl<UsersInMemory> repository) {
        return InitilizationOperationBuilder.forClass(UsersRepositoryImpl.class)
                .init(() -> repository.configure(configurations.getConfiguration(CONFIGURATION)));
    }
}
