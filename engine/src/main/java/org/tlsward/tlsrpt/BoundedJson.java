/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.tlsrpt;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/** Reads JSON of strangers: so deep, so many values, numbers so long and no more. The version of Jackson that James ships has no such limits. */
final class BoundedJson {
    private static final int DEEPEST = 16;
    private static final int MOST_TOKENS = 400_000;
    private static final int LONGEST_NUMBER = 32;

    // Names of strangers have no place in tables that live as long as we do.
    private static final ObjectMapper MAPPER = JsonMapper.builder(new JsonFactoryBuilder()
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .build())
            .build();

    private BoundedJson() {}

    static JsonNode read(byte[] json) throws UnreadableReportException {
        try (JsonParser parser = new Limited(MAPPER.createParser(json))) {
            JsonNode node = MAPPER.readTree(parser);
            if (node == null || parser.nextToken() != null) {
                throw new UnreadableReportException("it is not one JSON value");
            }
            return node;
        } catch (IOException | RuntimeException e) {
            // Jackson shows the text around the place; who reads our log needs the place only
            String place = e instanceof com.fasterxml.jackson.core.JsonProcessingException failure
                    ? failure.getOriginalMessage()
                    : e.getClass().getSimpleName();
            throw new UnreadableReportException("it is no JSON that we read: " + ReportText.clean(place, 200));
        }
    }

    private static final class Limited extends JsonParserDelegate {
        private int tokens;
        private int depth;

        Limited(JsonParser parser) {
            super(parser);
        }

        @Override
        public JsonToken nextToken() throws IOException {
            JsonToken token = super.nextToken();
            if (token == null) {
                return null;
            }
            if (++tokens > MOST_TOKENS) {
                throw new JsonParseException(this, "more than " + MOST_TOKENS + " values");
            }
            if (token.isStructStart() && ++depth > DEEPEST) {
                throw new JsonParseException(this, "deeper than " + DEEPEST);
            } else if (token.isStructEnd()) {
                depth--;
            }
            // to make a number of a million digits takes minutes
            if (token.isNumeric() && getTextLength() > LONGEST_NUMBER) {
                throw new JsonParseException(this, "a number of more than " + LONGEST_NUMBER + " digits");
            }
            return token;
        }

        @Override
        public String nextFieldName() throws IOException {
            return nextToken() == JsonToken.FIELD_NAME ? currentName() : null;
        }

        @Override
        public String nextTextValue() throws IOException {
            return nextToken() == JsonToken.VALUE_STRING ? getText() : null;
        }
    }
}
