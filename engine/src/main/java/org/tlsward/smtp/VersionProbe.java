/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.smtp;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.tlsward.policy.TlsLimits;
import org.tlsward.policy.TlsVersion;

/** Whether a server speaks a version of TLS: a connection of its own for each, which ends after the handshake. */
public final class VersionProbe {
    private final ConnectionSettings settings;
    private final ChainJudge judge;
    private final Supplier<TlsLimits> limits;

    /** Connects with these settings, and within what an emergency leaves of TLS. */
    public VersionProbe(ConnectionSettings settings, ChainJudge judge, Supplier<TlsLimits> limits) {
        this.settings = settings;
        this.judge = judge;
        this.limits = limits;
    }

    /** The versions that can be asked for: those that this JVM speaks. */
    public static List<TlsVersion> askable() {
        return List.of(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3);
    }

    /** Why a handshake of that version failed; empty if it did not. */
    public Optional<Failure> failure(ServerName server, TlsVersion version) {
        try (SmtpConnection connection = SmtpConnection.open(server, settings, false)) {
            connection.startTls(TlsClient.only(judge, limits, version));
            connection.helloAgain();
            connection.quit();
            return Optional.empty();
        } catch (SmtpException e) {
            return Optional.of(e.failure());
        }
    }
}
