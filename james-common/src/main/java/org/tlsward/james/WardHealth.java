/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james;

import com.google.inject.Inject;
import com.google.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.tlsward.health.HealthProblem;
import org.tlsward.health.HealthSource;

/** Everything of this server that knows whether it is well. */
@Singleton
public class WardHealth implements HealthSource {
    private final List<HealthSource> sources = new CopyOnWriteArrayList<>();

    /** Guice calls this. */
    @Inject
    public WardHealth(Ward ward) {
        sources.add(ward);
    }

    /** Asks this one too from now on. */
    public void add(HealthSource source) {
        sources.add(source);
    }

    @Override
    public List<HealthProblem> problems() {
        return sources.stream().flatMap(source -> source.problems().stream()).toList();
    }
}
