/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.benchmarks.relay;

import com.google.inject.AbstractModule;
import com.google.inject.Inject;
import com.google.inject.Scopes;
import java.util.List;
import java.util.Optional;
import org.apache.james.filesystem.api.FileSystem;
import org.tlsward.evidence.EvidenceRecord;
import org.tlsward.james.Ward;
import org.tlsward.james.WardEvidence;
import org.tlsward.james.WardHealth;

/** A server that keeps no evidence of deliveries, to measure what evidence costs. There is no such switch in the product. */
public final class NoEvidenceModule extends AbstractModule {
    @Override
    protected void configure() {
        bind(WardEvidence.class).to(NoEvidence.class).in(Scopes.SINGLETON);
    }

    /** Writes nothing. */
    static final class NoEvidence extends WardEvidence {
        @Inject
        NoEvidence(FileSystem files, Ward ward, WardHealth health) {
            super(files, ward, health);
        }

        @Override
        public boolean record(List<EvidenceRecord> records, List<Optional<String>> sentence) {
            return true;
        }
    }
}
