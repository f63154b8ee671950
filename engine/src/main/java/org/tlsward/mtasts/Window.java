/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mtasts;

import java.time.Duration;
import java.time.Instant;

/**
 * A stretch of time. It has a beginning as well, so that a clock that is set back ends it instead of making it last for years.
 *
 * @param from its first moment
 * @param length its end does not belong to it
 */
record Window(Instant from, Duration length) {

    boolean contains(Instant moment) {
        return !moment.isBefore(from) && moment.isBefore(from.plus(length));
    }
}
