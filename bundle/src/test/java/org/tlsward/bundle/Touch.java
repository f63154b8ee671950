/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.bundle;

/** One thing outside of itself that a class needs to find when it is linked. */
sealed interface Touch {
    /** A type is named: in a descriptor, a cast, an annotation, a catch. */
    record OfType(String name) implements Touch {}

    /** {@code new}: the class must exist and be concrete. */
    record OfInstantiation(String name) implements Touch {}

    record OfField(String owner, Member member, boolean isStatic) implements Touch {}

    record OfMethod(String owner, Member member, Call call) implements Touch {}

    /** A lambda or method reference: its interface must have exactly this abstract method. */
    record OfLambda(String functionalInterface, Member method) implements Touch {}

    /** How a method is called; the JVM checks that the method is of that kind. */
    enum Call {
        STATIC,
        INTERFACE,
        INTERFACE_STATIC,
        INTERFACE_SPECIAL,
        VIRTUAL,
        SPECIAL;

        boolean isStatic() {
            return this == STATIC || this == INTERFACE_STATIC;
        }

        boolean onInterface() {
            return this == INTERFACE || this == INTERFACE_STATIC || this == INTERFACE_SPECIAL;
        }
    }
}
