/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.webadmin;

import com.google.inject.Inject;
import java.util.Map;
import java.util.Optional;
import org.apache.james.webadmin.PublicRoutes;
import org.tlsward.webadmin.RequestGuard.Refused;
import spark.Request;
import spark.Response;
import spark.Service;

/**
 * The operator's page. In {@code webadmin.properties}:
 *
 * <pre>
 * extensions.routes=org.tlsward.webadmin.TlsWardPage,org.tlsward.webadmin.TlsWardRoutes
 * </pre>
 *
 * <p>Then {@code http://127.0.0.1:8000/tlsward} shows it. It is a shell, the same for everybody and without any data, so it asks for no token
 * and, where WebAdmin has a password, for none either; what it shows it gets from {@link TlsWardRoutes}, with the token that the operator
 * enters. It is refused under names that are not ours all the same, so that no name of a stranger ever stands in the address bar above it.
 */
public class TlsWardPage implements PublicRoutes {
    /** Where the shell is; what it needs is below {@link #FILES}. */
    static final String BASE = "/tlsward";

    /** Not below {@code /tlsward/api}, where everything is guarded. */
    static final String FILES = BASE + "/page";

    /**
     * Nothing from elsewhere, nothing inside the shell that runs, no way out but to our own routes; and what the page writes into itself is text:
     * without a policy for trusted types the browser refuses every string that would become markup or code.
     */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none';"
            + " require-trusted-types-for 'script'; trusted-types 'none'";

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy", CONTENT_SECURITY_POLICY,
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
            // Asked for again each time, or the page of yesterday would meet the routes of today.
            "Cache-Control", "no-cache");

    private final RequestGuard guard;
    private final PageFiles files;

    /** Guice calls this. */
    @Inject
    TlsWardPage(RequestGuard guard) {
        this.guard = guard;
        this.files = PageFiles.load();
    }

    @Override
    public String getBasePath() {
        return BASE;
    }

    @Override
    public void define(Service service) {
        for (String path : new String[] {BASE, BASE + "/", FILES + "/*"}) {
            service.before(path, (request, response) -> enter(service, request, response));
        }
        service.get(BASE, (request, response) -> answer(request, response, files.shell()));
        service.get(BASE + "/", (request, response) -> moved(response));
        files.all()
                .forEach((name, file) ->
                        service.get(FILES + "/" + name, (request, response) -> answer(request, response, file)));
    }

    private void enter(Service service, Request request, Response response) {
        // What James has written for every site; set, because Spark's own method would only add to it.
        response.raw().setHeader("Access-Control-Allow-Origin", null);
        response.raw().setHeader("Access-Control-Allow-Headers", null);
        response.raw().setHeader("Access-Control-Request-Method", null);
        HEADERS.forEach(response.raw()::setHeader);
        response.type("text/plain; charset=utf-8");
        Optional<Refused> refused = guard.judgeHost(Optional.ofNullable(request.headers("Host")));
        if (refused.isPresent()) {
            throw service.halt(refused.get().status(), refused.get().why() + "\n");
        }
    }

    /** Relative, because a proxy may serve us below a path of its own. */
    private static Object moved(Response response) {
        response.status(301);
        response.raw().setHeader("Location", "../tlsward");
        return "";
    }

    private static Object answer(Request request, Response response, PageFiles.PageFile file) {
        response.raw().setHeader("ETag", file.tag());
        if (file.tag().equals(request.headers("If-None-Match"))) {
            response.status(304);
            return "";
        }
        response.type(file.type());
        return file.text();
    }
}
