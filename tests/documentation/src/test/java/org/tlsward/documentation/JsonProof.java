/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.documentation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.tlsward.site.Page.Block;

/** {@code json}: one value a block, or one a line (as the evidence has it). */
final class JsonProof implements Proof {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    @Override
    public void of(Block block, Context context) {
        try {
            JSON.readTree(block.text());
        } catch (JsonProcessingException e) {
            lines(block, e);
        }
    }

    private static void lines(Block block, JsonProcessingException whole) {
        int line = block.line();
        for (String text : block.text().lines().toList()) {
            try {
                if (!text.isBlank()) {
                    JSON.readTree(text);
                }
                line++;
            } catch (JsonProcessingException e) {
                throw new Mistake(block.page(), line, "broken JSON: " + whole.getOriginalMessage());
            }
        }
    }
}
