/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.release;

import java.nio.file.Path;

/**
 * Makes a {@link Library} of what stands on a class path: reads its POM and judges its licence.
 *
 * @param repository the local repository of Maven
 * @param licences what is permitted
 */
record Libraries(Path repository, Licences licences) {
    Library library(ClassPath.Entry entry, Licences.Place place) {
        Pom pom = Pom.of(entry.coordinates(), repository);
        var choices = licences.choices(entry.coordinates(), pom);
        return new Library(
                entry.coordinates(),
                entry.jar(),
                pom,
                choices,
                licences.chosen(entry.coordinates(), choices, place),
                licences.partsOf(entry.coordinates()));
    }
}
