/* SPDX-License-Identifier: Apache-2.0 */
/** Tests of the mailets, without a server. */
package org.tlsward.mailets;
