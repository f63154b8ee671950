/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.classes;

/** Tells whether members can be understood, without opening anything: for those who check a configuration that is not in force. */
public final class MemberSyntax {
    private MemberSyntax() {}

    /**
     * Checks the text of an address, a domain or a glob; of files and groups there is nothing to check before they are read.
     *
     * @param spec as in the configuration
     * @param subAddressDelimiters characters that begin a sub-address; may be empty
     * @throws IllegalArgumentException with the value and what was expected
     */
    public static void check(MemberSpec spec, String subAddressDelimiters) {
        MemberSet.Builder builder = new MemberSet.Builder(subAddressDelimiters);
        if (spec instanceof MemberSpec.Address address) {
            builder.addAddress(address.text());
        } else if (spec instanceof MemberSpec.Domain domain) {
            builder.addDomain(domain.text());
        } else if (spec instanceof MemberSpec.Glob glob) {
            builder.addPattern(glob.text());
        }
    }
}
