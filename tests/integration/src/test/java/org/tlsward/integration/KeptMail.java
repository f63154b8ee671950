/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.integration;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks through WebAdmin at the mails that the pipeline of the test configuration kept in {@code file://var/mail/kept/}. */
final class KeptMail {
    private static final String REPOSITORY = "/mailRepositories/var%2Fmail%2Fkept%2F/mails";
    private static final Pattern KEY = Pattern.compile("\"([^\"]+)\"");

    private final RunningJames james;

    KeptMail(RunningJames james) {
        this.james = james;
    }

    /** A mail for that recipient, with its attributes (JSON) and its text; waits a little for one. */
    String awaitFor(String recipient) throws IOException, InterruptedException {
        for (int tries = 0; tries < 1200; tries++) {
            List<String> mails = mailsFor(recipient);
            if (!mails.isEmpty()) {
                return mails.get(mails.size() - 1);
            }
            RunningJames.pause();
        }
        throw new AssertionError("no mail for " + recipient + " was kept");
    }

    List<String> mailsFor(String recipient) throws IOException, InterruptedException {
        List<String> mails = new ArrayList<>();
        Matcher keys = KEY.matcher(james.webAdmin(REPOSITORY + "?limit=1000", "application/json"));
        while (keys.find()) {
            String one = REPOSITORY + "/" + keys.group(1);
            String json = james.webAdmin(one + "?additionalFields=attributes", "application/json");
            if (json.contains("\"" + recipient + "\"")) {
                mails.add(json + "\n" + james.webAdmin(one, "message/rfc822"));
            }
        }
        return mails;
    }
}
