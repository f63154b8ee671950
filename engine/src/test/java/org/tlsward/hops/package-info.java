/* SPDX-License-Identifier: Apache-2.0 */
/** Tests of {@code org.tlsward.hops}. */
package org.tlsward.hops;
