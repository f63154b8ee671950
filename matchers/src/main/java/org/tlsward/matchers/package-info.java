/* SPDX-License-Identifier: Apache-2.0 */
/** Matchers for {@code mailetcontainer.xml}: by class of recipient or sender, and by the TLS over which a mail came. */
package org.tlsward.matchers;
