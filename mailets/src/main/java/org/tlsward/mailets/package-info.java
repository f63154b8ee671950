/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Mailets for {@code mailetcontainer.xml}: what marks a mail, what delivers it over the TLS that it needs, and what happens to a mail that
 * may not travel.
 */
package org.tlsward.mailets;
