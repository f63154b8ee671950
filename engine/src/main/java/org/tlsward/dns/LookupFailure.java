/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.dns;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.tlsward.dns.DnsAnswer.Trouble;

/** A question stays without an answer. */
final class LookupFailure extends IOException {
    private static final long serialVersionUID = 1;

    private final Trouble trouble;

    LookupFailure(Trouble trouble, String why) {
        super(why);
        this.trouble = trouble;
    }

    Trouble trouble() {
        return trouble;
    }

    /** Whatever went wrong; only a time-out that is called so is one. */
    static LookupFailure of(Throwable thrown) {
        Throwable cause = thrown;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof LookupFailure failure) {
            return failure;
        }
        String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        boolean late = cause instanceof SocketTimeoutException || cause instanceof TimeoutException;
        return new LookupFailure(late ? Trouble.TIMEOUT : Trouble.SERVER, late ? "no answer in time" : why);
    }
}
