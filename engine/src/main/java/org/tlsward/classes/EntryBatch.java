/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.classes;

import com.unboundid.ldap.sdk.AsyncRequestID;
import com.unboundid.ldap.sdk.BasicAsyncSearchResultListener;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads entries by their names, many at a time: the requests of a batch are sent before the first answer is waited for (RFC 4511 §3.1), so
 * that a large group costs few round trips on every kind of directory. An answer holds one entry, so there is nothing to page.
 */
final class EntryBatch {
    /** Requests under way at one time; servers limit them. */
    static final int SIZE = 64;

    private final LDAPConnection connection;
    private final Duration timeLimit;
    private final String[] attributes;

    EntryBatch(LDAPConnection connection, Duration timeLimit, List<String> attributes) {
        this.connection = connection;
        this.timeLimit = timeLimit;
        this.attributes = attributes.toArray(String[]::new);
    }

    private record Pending(DN name, BasicAsyncSearchResultListener listener, AsyncRequestID request) {}

    /**
     * The entries of these names, at most {@link #SIZE}, in this order; empty where there is none of that name.
     *
     * @throws LDAPException if one was not answered
     */
    List<Optional<Entry>> read(List<DN> names) throws LDAPException {
        List<Pending> batch = new ArrayList<>();
        for (DN name : names) {
            batch.add(send(name, attributes));
        }
        List<Optional<Entry>> entries = new ArrayList<>();
        for (Pending pending : batch) {
            entries.add(await(pending));
        }
        return entries;
    }

    /** One entry, with one attribute only. */
    Entry readOne(DN name, String attribute) throws LDAPException {
        return await(send(name, attribute))
                .orElseThrow(() -> new LDAPException(ResultCode.NO_SUCH_OBJECT, name + " has gone while it was read"));
    }

    private Pending send(DN name, String... requested) throws LDAPException {
        BasicAsyncSearchResultListener listener = new BasicAsyncSearchResultListener();
        SearchRequest request = new SearchRequest(
                listener, name.toString(), SearchScope.BASE, Filter.createPresenceFilter("objectClass"), requested);
        return new Pending(name, listener, connection.asyncSearch(request));
    }

    private Optional<Entry> await(Pending pending) throws LDAPException {
        LDAPResult result;
        try {
            result = pending.request().get(timeLimit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new LDAPException(ResultCode.TIMEOUT, "no answer about " + pending.name() + " in " + timeLimit, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LDAPException(ResultCode.LOCAL_ERROR, "stopped", e);
        }
        if (result.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)) {
            return Optional.empty();
        }
        if (!result.getResultCode().equals(ResultCode.SUCCESS)) {
            throw new LDAPException(result);
        }
        return pending.listener().getSearchEntries().stream()
                .map(Entry.class::cast)
                .findFirst();
    }
}
