/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.bundle;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Packages of the JDK that it does not promise to keep. */
final class JdkInternals {
    private static final Map<String, Boolean> IS_INTERNAL = ModuleFinder.ofSystem().findAll().stream()
            .map(ModuleReference::descriptor)
            .flatMap(module -> module.packages().stream().map(name -> Map.entry(name, isInternal(module, name))))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

    private JdkInternals() {}

    /** @param types internal names */
    static List<String> among(Set<String> types) {
        return types.stream()
                .filter(type -> IS_INTERNAL.getOrDefault(packageOf(type), false))
                .toList();
    }

    private static boolean isInternal(ModuleDescriptor module, String packageName) {
        // jdk.unsupported exports sun.misc.Unsafe to everybody, and says in its name what that is worth
        return module.name().equals("jdk.unsupported")
                || module.exports().stream()
                        .noneMatch(export ->
                                !export.isQualified() && export.source().equals(packageName));
    }

    private static String packageOf(String type) {
        return type.substring(0, Math.max(0, type.lastIndexOf('/'))).replace('/', '.');
    }
}
