/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A real James with our JAR, in a process of its own, spoken to over real sockets. {@link org.tlsward.integration.RunningJames} starts it,
 * {@link org.tlsward.integration.Dialog} plays the text files of {@code dialogs/}.
 */
package org.tlsward.integration;
