/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james;

import com.google.inject.Inject;
import com.google.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many mails lie in the repositories of withheld mail, for {@link WardGauges}. */
@Singleton
public class QuarantineSizes {
    private static final Logger LOGGER = LoggerFactory.getLogger(QuarantineSizes.class);

    private final Map<String, Counted> repositories = new ConcurrentHashMap<>();

    /** Something that can be counted, and may fail. */
    public interface Counted {
        /** How many there are. */
        long count() throws Exception;
    }

    /** Guice calls this. */
    @Inject
    public QuarantineSizes() {}

    /** Counts this one too from now on; several of one URL are one. */
    public void add(String url, Counted mails) {
        repositories.put(url, mails);
    }

    /** All together; {@code NaN} if one cannot be counted. */
    double sum() {
        double sum = 0;
        for (Map.Entry<String, Counted> each : repositories.entrySet()) {
            try {
                sum += each.getValue().count();
            } catch (Exception e) {
                LOGGER.warn("the mails in {} cannot be counted: {}", each.getKey(), e.toString());
                return Double.NaN;
            }
        }
        return sum;
    }
}
