/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james.quarantine;

import java.nio.file.Path;
import org.apache.james.mailrepository.api.MailRepository;
import org.apache.james.mailrepository.memory.MemoryMailRepository;

class MemoryQuarantineTest extends QuarantineContract {
    @Override
    MailRepository open(Path home) {
        return new MemoryMailRepository();
    }
}
