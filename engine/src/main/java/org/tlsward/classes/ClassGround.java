/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.classes;

/**
 * Why an address belongs to a class, or may belong to it.
 *
 * @param className the class
 * @param because the entry that makes it so and where it stands, for example {@code address praxis@klinik.example in tlsward.xml}
 */
public record ClassGround(String className, String because) {}
