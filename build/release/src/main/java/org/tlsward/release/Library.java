/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.release;

import java.nio.file.Path;
import java.util.List;

/**
 * A library of somebody else that we ship.
 *
 * @param coordinates what Maven calls it
 * @param jar its file
 * @param pom what its POM tells
 * @param choices SPDX identifiers of its licences; one of them is enough
 * @param chosen the one that we take
 * @param parts foreign code in it
 */
record Library(
        Coordinates coordinates, Path jar, Pom pom, List<String> choices, String chosen, List<Licences.Part> parts) {}
