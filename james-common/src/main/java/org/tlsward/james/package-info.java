/* SPDX-License-Identifier: Apache-2.0 */
/** What the edges to James share: the one ward of the server, the codec of our mail attributes, the look-up of aliases. */
package org.tlsward.james;
