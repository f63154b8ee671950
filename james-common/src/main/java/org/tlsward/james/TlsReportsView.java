/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james;

import com.google.inject.Inject;
import com.google.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.james.filesystem.api.FileSystem;
import org.tlsward.tlsrpt.ReceivedReport;
import org.tlsward.tlsrpt.ReportArchive;
import org.tlsward.tlsrpt.ReportArchive.Entry;
import org.tlsward.tlsrpt.ReportArchive.Receipt;
import org.tlsward.tlsrpt.ReportArchive.Stored;
import org.tlsward.tlsrpt.TlsReport;

/** The TLS reports that others have sent us, below {@code var/tlsrpt/received}. A signature proves who says it, nothing that it is true. */
@Singleton
public class TlsReportsView {
    private final ReportArchive archive;

    /** Guice calls this. */
    @Inject
    public TlsReportsView(FileSystem files) {
        archive = new ReportArchive(
                ServerPaths.of(files, "file://var/").resolve("tlsrpt").resolve("received"));
    }

    /** All of them in few words, the latest first. */
    public List<Entry> list() {
        return archive.list();
    }

    /** One of them. */
    public Optional<Stored> show(String id) {
        return archive.show(id);
    }

    /** One of them as JSON, as RFC 8460 §4.4 has it. */
    public Optional<String> showJson(String id) {
        return show(id).map(stored -> new String(ReceivedReport.toJson(stored.report()), StandardCharsets.UTF_8));
    }

    /**
     * Stores one that came.
     *
     * @param sender the address in From of the mail that brought it, whose domain has signed it
     * @throws IOException if the disk refuses
     */
    public Receipt store(TlsReport report, String sender) throws IOException {
        return archive.store(report, sender, Instant.now());
    }
}
