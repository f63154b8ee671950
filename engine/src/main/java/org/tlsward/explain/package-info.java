/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The sentences that people read: what was required, by which rule, what was seen, what to do. The same sentence stands in the SMTP reply,
 * the bounce, the log, the page and the command line.
 */
package org.tlsward.explain;
