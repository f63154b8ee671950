/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.webadmin;

import com.google.inject.Inject;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.check.DomainCheck;
import org.tlsward.check.Explain;
import org.tlsward.check.OwnRecipients;
import org.tlsward.check.ReportJson;
import org.tlsward.classes.MailboxName;
import org.tlsward.explain.Language;
import org.tlsward.james.ServerRecipients;
import org.tlsward.policy.ClassRule;
import org.tlsward.policy.DomainName;
import spark.Request;

/** What a domain has, and what would become of a mail: asked on the way of a delivery, up to the point where a mail would be sent. */
class CheckRoutes implements RouteGroup {
    private static final Logger LOGGER = LoggerFactory.getLogger(CheckRoutes.class);

    private final CheckDesk desk;
    private final OwnRecipients recipients;

    @Inject
    CheckRoutes(CheckDesk desk, ServerRecipients recipients) {
        this(desk, (OwnRecipients) recipients);
    }

    CheckRoutes(CheckDesk desk, OwnRecipients recipients) {
        this.desk = desk;
        this.recipients = recipients;
    }

    @Override
    public void define(GuardedRoutes routes) {
        routes.post("/check", this::check).get("/explain", (visitor, request) -> explain(request));
    }

    private Map<String, Object> check(Visitor visitor, Request request) throws IOException {
        JsonBody body = JsonBody.of(request);
        String domain = DomainName.canonical(body.optional("domain")
                .orElseThrow(
                        () -> new IllegalArgumentException("the domain is missing (expected: {\"domain\":\"...\"})")));
        Optional<String> sender = body.optional("sender").filter(text -> !text.isBlank());
        LOGGER.info("{} checks {}", visitor.name(), domain);
        return desk.ask(context -> {
            String delimiters = context.configuration().subAddressDelimiters();
            Optional<MailboxName> from = sender.map(address -> MailboxName.tryParse(address, delimiters)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "unsupported sender \"" + address + "\" (expected: name@domain)")));
            DomainCheck check = new DomainCheck(context, domain, from);
            Collection<ClassRule> classes = context.configuration().rules().values();
            return ReportJson.of(recipients.isOurs(domain) ? check.reportOfOurs(classes) : check.report(classes));
        });
    }

    private Map<String, Object> explain(Request request) throws IOException {
        String recipient = Optional.ofNullable(request.queryParams("recipient"))
                .orElseThrow(() -> new IllegalArgumentException("the recipient is missing (expected: recipient=...)"));
        Optional<String> sender =
                Optional.ofNullable(request.queryParams("sender")).filter(text -> !text.isBlank());
        Language language = QuarantineRoutes.language(request);
        return desk.ask(context -> new Explain(context, Optional.of(recipients), true)
                .of(recipient, sender, language)
                .json());
    }
}
