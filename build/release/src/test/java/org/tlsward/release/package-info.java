/* SPDX-License-Identifier: Apache-2.0 */
/** What must not be released, refused one by one; and the finished zip, as an admin gets it. */
package org.tlsward.release;
