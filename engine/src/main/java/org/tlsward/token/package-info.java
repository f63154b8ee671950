/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Named secrets of people and programs that may see and change what TLS Ward holds back.
 *
 * <ol>
 *   <li>{@code tlsward token add NAME} makes one: {@link org.tlsward.token.TokenFile} writes its name and a slow, salted hash into
 *       {@code conf/tlsward-tokens} and shows the secret once.
 *   <li>Whoever asks a server sends {@code NAME.SECRET}. {@link org.tlsward.token.TokenGate} says whose it is, or nobody's.
 *   <li>The file is read again when it changes: a token that was revoked ends with the next request.
 * </ol>
 *
 * <p>{@link org.tlsward.token.OwnSite} tells requests that another web site makes through somebody's browser.
 *
 * <p>A missing file, one that cannot be read, one with a line that is not understood, and one that others may write to means: nobody.
 */
package org.tlsward.token;
