/* SPDX-License-Identifier: Apache-2.0 */
/** Tests of the matchers. */
package org.tlsward.matchers;
