/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.webadmin.browser;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The page in a tab, and somebody in front of it. */
public final class OperatorsTab {
    /** Every view as a picture shows it: its name, its address, and what is done there before. */
    public static final List<Scene> SCENES = List.of(
            new Scene("overview", "#/overview", Map.of(), ""),
            new Scene("quarantine", "#/quarantine", Map.of(), ""),
            new Scene("waiting", "#/waiting", Map.of(), ""),
            new Scene("check", "#/check", Map.of("domain", "partner.example"), "check"),
            new Scene("explain", "#/explain", Map.of("recipient", "arzt@partner.example"), "explain"),
            new Scene("classes", "#/explain", Map.of("address", "arzt@partner.example"), "classes"),
            new Scene("evidence", "#/evidence", Map.of("recipient", "arzt@partner.example"), "evidence"),
            new Scene("headers", "#/headers", Map.of("headers", "Received: from a.example by b.example"), "headers"),
            new Scene("exceptions", "#/exceptions", Map.of(), ""),
            new Scene("policies", "#/policies", Map.of(), ""),
            new Scene("reports", "#/reports", Map.of(), ""),
            new Scene("suggestions", "#/suggestions", Map.of(), ""),
            new Scene("month", "#/suggestions", Map.of(), "month"),
            new Scene("partner", "#/suggestions", Map.of("destination", "partner.example"), "partner"));

    private final HeadlessBrowser browser;
    private final String url;

    /** A tab of a browser. */
    public OperatorsTab(HeadlessBrowser browser, String url) {
        this.browser = browser;
        this.url = url;
    }

    /**
     * A view.
     *
     * @param name of the picture
     * @param hash its address
     * @param fields what is filled in
     * @param form that is sent, the one with the first of these fields; empty for none
     */
    public record Scene(String name, String hash, Map<String, String> fields, String form) {}

    /** Opens the page as a stranger who has never been here. */
    public void open(String language) {
        browser.open(url);
        browser.script(
                "sessionStorage.clear(); localStorage.clear();"
                        + " localStorage.setItem('tlsward.language', arguments[0])",
                language);
        browser.open("about:blank").open(url);
        browser.await("document.querySelector('[name=token]')");
    }

    /** Shows whose token it is. */
    public void enter(String language, String token) {
        open(language);
        browser.type("token", token);
        browser.script("document.querySelector('form').requestSubmit()");
        browser.await("document.querySelector('#visitor')");
        browser.awaitCalm();
    }

    /** Goes to a view. */
    public void go(String hash) {
        browser.script(
                "document.querySelector('h1').setAttribute('data-old', ''); if (location.hash === arguments[0])"
                        + " { location.hash = '#/'; } location.hash = arguments[0]",
                hash);
        browser.await("location.hash === given[0] && !document.querySelector('h1[data-old]')", hash);
        browser.awaitCalm();
    }

    /** Goes to a view and does what its scene says. */
    public void play(Scene scene) {
        go(scene.hash());
        scene.fields().forEach(browser::type);
        if (!scene.form().isEmpty()) {
            String field = scene.fields().isEmpty()
                    ? "month"
                    : scene.fields().keySet().iterator().next();
            browser.script(
                    "const form = document.querySelector('[name=' + arguments[0] + ']').form;"
                            + " form.requestSubmit(); form.setAttribute('data-sent', '')",
                    field);
            browser.await("document.querySelector('form[data-sent] + .result').childNodes.length > 0"
                    + " || document.querySelector('form[data-sent] [role=alert]').childNodes.length > 0");
            browser.awaitCalm();
        }
    }

    /** A picture of the view. */
    public void picture(Path folder, String name) {
        browser.script("scrollTo(0, 0)");
        browser.picture(folder.resolve(name + ".png"));
    }
}
