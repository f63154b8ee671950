/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mtasts;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;

/** Opens the readers of what policy hosts answer, for fuzzing. */
public final class StrangersPolicies {
    private StrangersPolicies() {}

    /** The body of an answer as a policy. */
    public static StsFetch policy(byte[] body) {
        return StsPolicyText.parse(body);
    }

    /** The policy after it has been on the disk. */
    public static StsPolicy stored(StsPolicy policy) {
        HeldPolicy held = new HeldPolicy(policy, "1", Instant.EPOCH);
        return StoredPolicy.decode("a.example", StoredPolicy.encode("a.example", held))
                .policy();
    }

    /** The body of an HTTP answer. */
    public static byte[] body(byte[] wire) throws IOException {
        return PolicyResponse.read(new ByteArrayInputStream(wire));
    }
}
