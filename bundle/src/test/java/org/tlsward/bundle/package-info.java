/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The link check: does every class, method and field that the byte code of a JAR of ours touches exist in the James that it is made for?
 *
 * <ol>
 *   <li>{@link org.tlsward.bundle.ClassShapes} knows the shape (supertypes, methods, fields) of every class: of the JAR, of the class path
 *       that a helper module wrote down, of the JDK, and, where the registry lacks an artifact, of {@link org.tlsward.bundle.SourceFacts}.
 *   <li>{@link org.tlsward.bundle.TouchReader} lists what one class touches.
 *   <li>{@link org.tlsward.bundle.Linkage} finds members as the JVM does (JVMS 5.4.3).
 *   <li>{@link org.tlsward.bundle.LinkCheck} puts them together and complains in sentences.
 * </ol>
 */
package org.tlsward.bundle;
