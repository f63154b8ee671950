/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The command {@code tlsward}.
 *
 * <ol>
 *   <li>{@link org.tlsward.cli.TlsWard} reads the command line (picocli) and gives the exit code: {@link org.tlsward.check.ExitCode}.
 *   <li>A command looks at something and makes a {@code Report}: sections of rows, each with a mark, what was seen and what to do.
 *   <li>{@code ReportPrinter} writes it as text of 80 columns, or as JSON. Text of strangers (replies, names) is cleaned there.
 *   <li>Progress goes to standard error, so that the report can be piped.
 * </ol>
 */
package org.tlsward.cli;
