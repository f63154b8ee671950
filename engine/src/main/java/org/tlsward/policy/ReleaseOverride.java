/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

/**
 * An operator lets one mail of the quarantine travel under another requirement. Like an exception, for this mail alone.
 *
 * @param by who decided
 * @param level the word of the configuration
 * @param required what is demanded instead
 * @param reason why
 * @param publishedIgnored also what the destination publishes does not count
 */
public record ReleaseOverride(
        String by, TlsLevel level, Requirement required, String reason, boolean publishedIgnored) {}
