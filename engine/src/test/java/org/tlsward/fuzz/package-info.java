/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Parsers of what strangers send, under fire (Jazzer). One class and one method for each parser:
 *
 * <ol>
 *   <li>{@code XFuzzTest} here has one {@code @FuzzTest} method that takes {@code byte[]}, hands it to the parser as a stranger would,
 *       and asserts what holds of every input: which exceptions may come, what bounds the result has. Where the parser is
 *       package-private, a small public class in its own package under {@code src/test} opens it.
 *   <li>{@code src/test/resources/org/tlsward/fuzz/XFuzzTestInputs/<method>/} has the seeds, one file each: {@code good-...} is valid,
 *       {@code bad-...} is not, {@code crash-...} is what a run has found; the name says what is special. {@code mvn test} replays
 *       them all.
 *   <li>{@code JAZZER_FUZZ=1 mvn test -pl engine -Dtest=XFuzzTest} makes new inputs for a minute. One class a run.
 * </ol>
 */
package org.tlsward.fuzz;
