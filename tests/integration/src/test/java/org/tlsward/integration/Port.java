/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.integration;

/** The ports that {@code conf/} names. Tests replace them by free ones. */
enum Port {
    SMTP(2525),
    SUBMISSION(2587),
    SMTPS(2465),
    WEBADMIN(8000);

    private final int configured;

    Port(int configured) {
        this.configured = configured;
    }

    int configured() {
        return configured;
    }
}
