/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Makes a release out of what the other modules built; {@link org.tlsward.release.MakeRelease} is where it starts:
 *
 * <ol>
 *   <li>{@code Layout} reads {@code build/release/layout.txt}: which file goes where.
 *   <li>{@code ShippedJar} looks which libraries are inside each JAR, class by class. A class that nobody accounts for stops the build.
 *   <li>{@code Licences} judges the licence of each by {@code build/release/licences.txt}; one that is unknown or not permitted stops the build.
 *   <li>{@code Bom}, {@code ThirdPartyPage} and {@code LicenceTexts} write down what was found.
 *   <li>{@code Inspection} refuses keys, secrets, paths of this machine and, in a release, the word of a version that is none.
 *   <li>{@code ReleaseZip} packs it: the same files give the same bytes.
 * </ol>
 *
 * <p>Everything is told by name and line, so that who adds a library sees at once what is missing.
 */
package org.tlsward.release;
