/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What an operator has stopped, on disk: {@code var/tlsward/emergency-stops}. The server writes the file and the command line reads it.
 *
 * <p>The file is text in UTF-8. Its first line is {@code {"format":"tlsward-emergency","version":2}}; then one JSON object a line, the
 * oldest stop first, with the text fields {@code what}, {@code name}, {@code why}, {@code by}, {@code since} and, where the stop ends by
 * itself, {@code until}; times are instants of ISO 8601 in UTC. A file without that first line is of version 1, which had no {@code until}
 * and only {@code class}, {@code destination} and {@code all}. A newer version, and anything that is not understood, is an error: a server
 * that does not know what was stopped does not start.
 */
package org.tlsward.emergency;
