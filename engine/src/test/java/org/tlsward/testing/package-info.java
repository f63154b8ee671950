/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Peers for tests: {@link org.tlsward.testing.ScriptedServer} plays a text file against a real socket, byte for byte and as hostile
 * as it says; {@link org.tlsward.testing.TestCa} makes certificates, good and bad. Other modules get this package as the test-jar of
 * the engine (they need {@code bcpkix-jdk18on} in test scope beside it).
 */
package org.tlsward.testing;
