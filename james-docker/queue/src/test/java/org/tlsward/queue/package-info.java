/* SPDX-License-Identifier: Apache-2.0 */
/** Tests of the queue: James' own contracts, crashes, damage, a full disk. */
package org.tlsward.queue;
