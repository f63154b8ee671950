/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Which TLS Ward this is. Maven writes it into one resource of the engine, and everything that tells a version reads it from here: the
 * command {@code tlsward --version}, the first line in the log of a server, the health route.
 */
package org.tlsward.version;
