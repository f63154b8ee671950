/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james;

import com.google.inject.Inject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.hooks.TlsListeners;

/** What has to be there while James starts, in one class: a configuration that is broken is told once. */
final class WardStart {
    private static final Logger LOGGER = LoggerFactory.getLogger(WardStart.class);

    @Inject
    WardStart(TlsReportService reports, TlsListeners listeners) {
        LOGGER.debug("{} and {} are there", reports, listeners);
    }
}
