/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * One line of evidence, for those who tell what happened.
 *
 * @param file the name of its file
 * @param line its number in that file, from 1 on
 * @param sequence its number in all files
 * @param time when it happened
 * @param type what it is about, for example {@code attempt}; leave out those that you do not know
 * @param fields all of it
 */
public record EvidenceLine(String file, long line, long sequence, Instant time, String type, JsonNode fields) {}
