/* SPDX-License-Identifier: Apache-2.0 */
/**
 * {@code tlsward.xml}: from a tree of keys to one immutable {@link org.tlsward.config.WardConfiguration}, or to a list of everything that
 * is wrong with it. Used by the server and the command line alike.
 */
package org.tlsward.config;
