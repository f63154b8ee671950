/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.documentation;

import java.util.Map;
import org.tlsward.site.Page.Block;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;

/** {@code yaml}: it parses, and a service of a compose file has something to run. */
final class YamlProof implements Proof {
    @Override
    public void of(Block block, Context context) {
        Object read;
        try {
            read = new Yaml().load(block.text());
        } catch (YAMLException e) {
            throw new Mistake(block.page(), block.line(), "broken YAML: " + e.getMessage());
        }
        if (!(read instanceof Map<?, ?> map)) {
            if (!(read instanceof Iterable)) {
                throw new Mistake(block.page(), block.line(), "YAML without keys");
            }
            return;
        }
        if (map.get("services") instanceof Map<?, ?> services) {
            services.forEach((name, service) -> {
                if (!(service instanceof Map<?, ?>)) {
                    throw new Mistake(
                            block.page(), block.line(), "empty service", String.valueOf(name), "keys of a service");
                }
            });
        }
    }
}
