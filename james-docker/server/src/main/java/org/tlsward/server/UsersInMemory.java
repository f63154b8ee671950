/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.server;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.james.core.Username;
import org.apache.james.user.api.UsersRepositoryException;
import org.apache.james.user.api.model.User;
import org.apache.james.user.lib.UsersDAO;
import org.apache.james.user.lib.model.Algorithm;
import org.apache.james.user.lib.model.DefaultUser;

/** The users of the demo. They are here before James starts, so that mail left in the queue finds its mailboxes. */
final class UsersInMemory implements UsersDAO {

    private final Map<Username, User> users = new ConcurrentHashMap<>();
    private final Algorithm algorithm;

    UsersInMemory(Algorithm algorithm) {
        this.algorithm = algorithm;
    }

    @Override
    public void addUser(Username name, String password) {
        DefaultUser user = new DefaultUser(name, algorithm, algorithm);
        user.setPassword(password);
        users.put(name, user);
    }

    @Override
    public void updateUser(User user) throws UsersRepositoryException {
        if (users.replace(user.getUserName(), user) == null) {
            throw new UsersRepositoryException(
                    "no such user: " + user.getUserName().asString());
        }
    }

    @Override
    public void removeUser(Username name) throws UsersRepositoryException {
        if (users.remove(name) == null) {
            throw new UsersRepositoryException("no such user: " + name.asString());
        }
    }

    @Override
    public Optional<? extends User> getUserByName(Username name) {
        return Optional.ofNullable(users.get(name));
    }

    @Override
    public boolean contains(Username name) {
        return users.containsKey(name);
    }

    @Override
    public int countUsers() {
        return users.size();
    }

    @Override
    public Iterator<Username> list() {
        return List.copyOf(users.keySet()).iterator();
    }
}
