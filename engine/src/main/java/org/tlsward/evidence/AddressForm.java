/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

/** How evidence shows the addresses of people. */
public interface AddressForm {

    /** As they are. */
    AddressForm PLAIN = new AddressForm() {
        @Override
        public String of(String address) {
            return address;
        }

        @Override
        public String reply(String text) {
            return text;
        }

        @Override
        public boolean hides() {
            return false;
        }
    };

    /** An address as the line shows it; the null sender stays empty. */
    String of(String address);

    /** A reply of a remote server, which may quote an address. */
    String reply(String text);

    /** True if nobody is to be recognized. */
    default boolean hides() {
        return true;
    }
}
