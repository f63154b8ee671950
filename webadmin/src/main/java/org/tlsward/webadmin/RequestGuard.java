/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.webadmin;

import com.google.common.base.Splitter;
import com.google.inject.Inject;
import com.google.inject.Singleton;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.utils.PropertiesProvider;
import org.tlsward.james.WardHealth;
import org.tlsward.token.OwnSite;
import org.tlsward.token.TokenFile;
import org.tlsward.token.TokenGate;

/** Who may pass: nobody through the page of another site, and nobody without a token. */
@Singleton
class RequestGuard {
    private final OwnSite site;
    private final TokenGate tokens;

    /** Guice calls this. */
    @Inject
    RequestGuard(FileSystem files, PropertiesProvider properties, WardHealth health)
            throws IOException, ConfigurationException {
        this(
                hosts(properties),
                new TokenGate(files.getFile("file://conf/").toPath().resolve(TokenFile.NAME)));
        health.add(tokens);
    }

    RequestGuard(Collection<String> hosts, TokenGate tokens) {
        this.site = new OwnSite(hosts);
        this.tokens = tokens;
    }

    private static List<String> hosts(PropertiesProvider properties) throws ConfigurationException {
        try {
            String[] values = properties.getConfiguration("webadmin").getStringArray("tlsward.hosts");
            return Splitter.on(',').trimResults().omitEmptyStrings().splitToList(String.join(",", values));
        } catch (FileNotFoundException e) {
            return List.of(); // without the file WebAdmin is off
        }
    }

    /**
     * What a request says of itself; a header that is missing is empty.
     *
     * @param host under which name it comes
     * @param origin the site whose page it comes from
     * @param site what the browser says of that: {@code same-origin}, {@code cross-site} ...
     * @param token of the person or program
     */
    record Headers(Optional<String> host, Optional<String> origin, Optional<String> site, Optional<String> token) {}

    /** What becomes of a request. */
    sealed interface Verdict {}

    /** It passes. */
    record Pass(Visitor visitor) implements Verdict {}

    /** It does not. */
    record Refused(int status, String why) implements Verdict {}

    /** For what is public: only the name under which a request comes. */
    Optional<Refused> judgeHost(Optional<String> host) {
        return site.refusal(host).map(why -> new Refused(403, why));
    }

    Verdict judge(Headers headers) {
        Optional<String> refusal = site.refusal(headers.host(), headers.origin());
        if (refusal.isPresent()) {
            return new Refused(403, refusal.get());
        }
        boolean otherSite = headers.site()
                .filter(from -> !from.equals("same-origin") && !from.equals("none"))
                .isPresent();
        if (otherSite) {
            return new Refused(403, "requests of other web sites are refused");
        }
        return headers.token()
                .flatMap(tokens::nameOf)
                .<Verdict>map(name -> new Pass(new Visitor(name)))
                .orElse(new Refused(
                        401, "no valid token in X-TlsWard-Token (expected: one that \"tlsward token add\" has shown)"));
    }
}
