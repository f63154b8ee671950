/* SPDX-License-Identifier: Apache-2.0 */
/** Tests of what the server assembly adds to James: certificates, demo users, the guard of WebAdmin. */
package org.tlsward.server;
