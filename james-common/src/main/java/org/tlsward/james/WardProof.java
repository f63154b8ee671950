/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james;

import com.google.inject.Inject;
import com.google.inject.Singleton;
import org.apache.james.filesystem.api.FileSystem;
import org.tlsward.policy.DestinationRules;
import org.tlsward.proof.EvidenceArchive;
import org.tlsward.proof.FiguresArchive;

/** What the evidence of this server tells. Figures of days that are over are kept below {@code var/tlsward/figures}. */
@Singleton
public class WardProof {
    private final Ward ward;
    private final EvidenceArchive archive;
    private final FiguresArchive figures;

    /** Guice calls this. */
    @Inject
    public WardProof(FileSystem files, Ward ward) {
        this.ward = ward;
        this.archive = new EvidenceArchive(WardEvidence.directory(files, ward));
        this.figures = new FiguresArchive(archive, ward.stateDirectory().resolve("figures"));
    }

    /** The lines. */
    public EvidenceArchive archive() {
        return archive;
    }

    /** The figures. */
    public FiguresArchive figures() {
        return figures;
    }

    /** The rules that count now. */
    public DestinationRules rules() {
        return ward.current().configuration().destinations();
    }
}
