/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.bundle;

/** A method or field by name and descriptor, as byte code names it. */
record Member(String name, String descriptor) {
    boolean isMethod() {
        return descriptor.startsWith("(");
    }

    @Override
    public String toString() {
        return isMethod() ? name + descriptor : name + " " + descriptor;
    }
}
