/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.webadmin;

/**
 * Who asks.
 *
 * @param name of the token; the identity of whoever releases or holds a mail
 */
record Visitor(String name) {}
