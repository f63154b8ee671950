/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Reports about the TLS of others, and those of others about ours (RFC 8460). The way of a count:
 *
 * <ol>
 *   <li>An {@link org.tlsward.tlsrpt.ObservedSession} is one session with a host, judged by each policy that its domain publishes.
 *   <li>{@link org.tlsward.tlsrpt.SessionCounts} adds it up by day of UTC, domain, policy and kind of failure; a {@code DayCounts} has a
 *       bound for everything that strangers choose. Every few seconds a {@link org.tlsward.tlsrpt.CountStore} has it on disk: a crash
 *       loses the seconds since.
 *   <li>When a day is over, {@link org.tlsward.tlsrpt.ReportRun} asks each domain for its {@link org.tlsward.tlsrpt.TlsRptRecord} and
 *       sends a {@link org.tlsward.tlsrpt.TlsReport} to each {@link org.tlsward.tlsrpt.ReportUri} in it: as a
 *       {@link org.tlsward.tlsrpt.ReportMail}, which whoever sends it signs, or by {@link org.tlsward.tlsrpt.HttpsPost}. What fails is tried
 *       again for 24 hours; the progress is on disk too.
 * </ol>
 *
 * <p>Sessions that carry reports are never counted (RFC 8460 §3). {@link org.tlsward.tlsrpt.ReceivedReport} reads what others send us and
 * trusts none of it.
 */
package org.tlsward.tlsrpt;
