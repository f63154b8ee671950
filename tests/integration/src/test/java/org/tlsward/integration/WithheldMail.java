/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.integration;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks through WebAdmin at the quarantine of {@code conf/}. */
final class WithheldMail {
    private static final String REPOSITORY = "/mailRepositories/var%2Fmail%2Ftls-withheld%2F/mails";
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");
    private static final Pattern RECIPIENTS = Pattern.compile("\"recipients\":\\[([^\\]]*)]");

    private final RunningJames james;

    WithheldMail(RunningJames james) {
        this.james = james;
    }

    /** Every recipient for whom a mail is kept. */
    Set<String> recipients() {
        Set<String> recipients = new TreeSet<>();
        mails().forEach(json -> {
            Matcher list = RECIPIENTS.matcher(json);
            if (list.find()) {
                recipients.addAll(quoted(list.group(1)));
            }
        });
        return recipients;
    }

    /** Each kept mail as JSON, with its attributes. */
    List<String> mails() {
        try {
            List<String> mails = new ArrayList<>();
            for (String key : quoted(james.webAdmin(REPOSITORY + "?limit=1000", "application/json"))) {
                mails.add(james.webAdmin(REPOSITORY + "/" + key + "?additionalFields=attributes", "application/json"));
            }
            return mails;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static List<String> quoted(String json) {
        List<String> texts = new ArrayList<>();
        Matcher matcher = QUOTED.matcher(json);
        while (matcher.find()) {
            texts.add(matcher.group(1));
        }
        return texts;
    }
}
