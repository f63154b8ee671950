/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Files of state: {@link org.tlsward.files.PrivateFile} is replaced as a whole, for our own eyes only, and the new one outlives a crash;
 * {@link org.tlsward.files.FormatLine} tells what it is and in which version. What else stands in it is the business of whoever writes it.
 */
package org.tlsward.files;
