/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Matchers for {@code mailetcontainer.xml}: by class of recipient or sender, by the TLS over which a mail came to us and on the hops before, by why it was withheld, by
 * what is known of the way ahead, and by what its body is encrypted with.
 */
package org.tlsward.matchers;
