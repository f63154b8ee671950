/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import org.tlsward.explain.Language;
import picocli.CommandLine.Option;

/** In which language sentences are told. */
final class LanguageOption {
    @Option(names = "--lang", paramLabel = "LANGUAGE", description = "de, en (default) or fr.")
    private String code = Language.EN.code();

    Language language() {
        return Language.of(code)
                .orElseThrow(() -> new UsageException(
                        "unsupported language \"" + code + "\" (expected: " + Language.codes() + ")"));
    }
}
