/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What TLS Ward adds to James' WebAdmin: JSON below {@code /tlsward/api}, and the operator's page at {@code /tlsward}, which shows it.
 *
 * <ol>
 *   <li>{@link org.tlsward.webadmin.TlsWardRoutes} is what {@code webadmin.properties} names. It lists every route.
 *   <li>Each of them is registered by {@code GuardedRoutes}, so that none can be forgotten: {@code RequestGuard} sees the request first,
 *       and the handler gets the name of whoever asks.
 *   <li>{@code RequestGuard} asks three questions: is the Host a name of ours, is the request not one of another web site, and whose is the
 *       token? James answers every page with {@code Access-Control-Allow-Origin: *} and by default asks nobody for a password.
 *   <li>{@code QueueRoutes}, {@code QuarantineRoutes}, {@code TlsReportRoutes} and {@code StsRoutes} answer. {@code Shown} keeps lists short.
 *   <li>{@link org.tlsward.webadmin.TlsWardPage} serves the page: an empty shell that anybody may see, and modules that fetch what the token of
 *       the operator opens. In {@code page/}, {@code main.js} is the frame, {@code view-*.js} are the views, and {@code dom.js} is the only one
 *       that makes nodes, so that whatever strangers wrote becomes text.
 * </ol>
 */
package org.tlsward.webadmin;
