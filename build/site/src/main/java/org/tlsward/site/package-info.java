/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The pages of this project, as whoever checks them or makes a site of them sees them.
 *
 * <ol>
 *   <li>{@link org.tlsward.site.Page}: one Markdown file, its blocks, links and headings, each with its line.
 *   <li>{@link org.tlsward.site.Pages}: which files are pages.
 *   <li>{@link org.tlsward.site.Site}: all of them as HTML ({@code make site}).
 * </ol>
 */
package org.tlsward.site;
