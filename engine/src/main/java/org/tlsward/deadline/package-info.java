/* SPDX-License-Identifier: Apache-2.0 */
/** An end to what blocks on a socket, for all that talk to strangers. */
package org.tlsward.deadline;
