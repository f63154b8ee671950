/* SPDX-License-Identifier: Apache-2.0 */
/** MTA-STS: record, policy, fetching and remembering (RFC 8461). */
package org.tlsward.mtasts;
