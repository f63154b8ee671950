/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tlsward.policy.InboundMinimum;
import org.tlsward.policy.Requirement;
import org.tlsward.policy.TlsLevel;
import org.tlsward.policy.TlsVersion;

/**
 * What regulators ask, by name. A profile is a floor for a class: its values hold where the class says nothing, and what the class says
 * may only raise them. {@code docs/levels.md} has the source of each value.
 */
public enum Profile {
    /** TLS always, after the German data protection conference (DSK), normal risk; TLS 1.2 after BSI TR-02102-2. */
    DSK_OBLIGATORY(
            TlsLevel.ENCRYPT,
            Requirement.builder().encrypted().minimum(TlsVersion.TLS_1_2).build()),
    /** An authenticated server, forward secrecy and TLS 1.2, after the DSK, high risk. */
    DSK_QUALIFIED(
            TlsLevel.AUTHENTICATED,
            Requirement.builder()
                    .authenticated()
                    .minimum(TlsVersion.TLS_1_2)
                    .forwardSecrecy()
                    .build()),
    /** TLS 1.2 with forward secrecy, and DANE where it is published, after BSI TR-03108. */
    BSI_TR_03108(
            TlsLevel.ENCRYPT,
            Requirement.builder()
                    .encrypted()
                    .minimum(TlsVersion.TLS_1_2)
                    .forwardSecrecy()
                    .build());

    private final TlsLevel level;
    private final Requirement outbound;

    Profile(TlsLevel level, Requirement outbound) {
        this.level = level;
        this.outbound = outbound;
    }

    /** The word of the configuration, for example {@code dsk-qualified}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The level of a class that names none. */
    public TlsLevel level() {
        return level;
    }

    /** What every delivery of the class must have. */
    public Requirement outbound() {
        return outbound;
    }

    /** What every session must have that brings mail for the class: no profile of these is content with less than TLS 1.2. */
    public InboundMinimum inbound() {
        return InboundMinimum.TLS_1_2;
    }

    /** True if a class of this profile may name that level, because it is not weaker than that of the profile. */
    public boolean admits(TlsLevel other) {
        // The pins of a fingerprint come with the rule, so the level alone does not show that it authenticates.
        return other == TlsLevel.FINGERPRINT || other.requirement().atLeast(level.requirement());
    }

    /** The words of the levels that may be named with this profile. */
    String admittedWords() {
        return Arrays.stream(TlsLevel.values())
                .filter(this::admits)
                .map(TlsLevel::word)
                .collect(Collectors.joining(", "));
    }

    /** The profile with that word, case ignored. */
    public static Optional<Profile> of(String word) {
        return Arrays.stream(values())
                .filter(profile -> profile.word().equalsIgnoreCase(word))
                .findFirst();
    }

    /** All words, for error messages. */
    public static String words() {
        return Arrays.stream(values()).map(Profile::word).collect(Collectors.joining(", "));
    }
}
