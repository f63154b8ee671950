/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.dns;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.tlsward.dns.DnsAnswer.Security;
import org.tlsward.dns.DnsAnswer.Trouble;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNAMERecord;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Takes the AD bit for the truth, of a server on this host only: nobody changes it on the way (RFC 6698 Appendix A.3). */
final class TrustedLinks implements Links {
    private final Upstream upstream;
    private final Clock clock;

    TrustedLinks(Upstream upstream, Clock clock) {
        this.upstream = upstream;
        this.clock = clock;
    }

    @Override
    public CompletableFuture<Link> link(Question question, Budget budget) {
        Message query = question.message();
        query.getHeader().setFlag(Flags.AD); // RFC 6840 §5.7: we understand it
        return upstream.ask(query, budget)
                .thenApply(reply -> read(question, reply))
                .exceptionallyCompose(thrown -> unanswered(question, budget, LookupFailure.of(thrown)));
    }

    /** A validating server hides bogus answers behind an error; with checking disabled (RFC 4035 §3.2.2) it shows them. */
    private CompletableFuture<Link> unanswered(Question question, Budget budget, LookupFailure failure) {
        if (failure.trouble() != Trouble.SERVER) {
            return CompletableFuture.failedFuture(failure);
        }
        Message unchecked = question.message();
        unchecked.getHeader().setFlag(Flags.CD);
        return upstream.ask(unchecked, budget)
                .thenApply(Optional::of)
                .exceptionally(thrown -> Optional.empty())
                .thenCompose(reply -> reply.map(Upstream.Reply::message)
                        .map(answer -> dname(question, answer)
                                .map(dname -> made(question, dname, budget))
                                .orElseGet(() -> failed(Trouble.BOGUS, failure.getMessage())))
                        .orElseGet(() -> CompletableFuture.failedFuture(failure)));
    }

    private static CompletableFuture<Link> failed(Trouble trouble, String why) {
        return CompletableFuture.failedFuture(new LookupFailure(trouble, why));
    }

    private static Optional<Name> dname(Question question, Message answer) {
        return answer.getSection(Section.ANSWER).stream()
                .filter(record -> question.type() == Type.CNAME && LinkCut.isDname(record, question))
                .map(Record::getName)
                .findFirst();
    }

    /** Unbound calls a CNAME that is made from a DNAME bogus if it is asked for by its type: so the DNAME is asked for (RFC 6672 §5.3.1). */
    private CompletableFuture<Link> made(Question question, Name owner, Budget budget) {
        return link(new Question(owner, Type.DNAME), budget)
                .thenCompose(link ->
                        link instanceof Link.Records found && found.records().get(0) instanceof DNAMERecord dname
                                ? made(question.name(), dname, found)
                                : failed(Trouble.SERVER, owner + " is a DNAME in one answer, and not in the other"));
    }

    private static CompletableFuture<Link> made(Name name, DNAMERecord dname, Link.Records found) {
        try {
            Record alias = new CNAMERecord(name, DClass.IN, found.ttl().toSeconds(), name.fromDNAME(dname));
            return CompletableFuture.completedFuture(new Link.Records(List.of(alias), found.security(), found.ttl()));
        } catch (NameTooLongException e) {
            return failed(Trouble.SERVER, e.getMessage());
        }
    }

    private Link read(Question question, Upstream.Reply reply) {
        Message answer = reply.message();
        Security security = security(reply);
        Duration ttl = Lifetime.ofRecords(answer, clock.instant());
        List<Record> records = at(question.name(), question.type(), answer);
        if (!records.isEmpty()) {
            return new Link.Records(records, security, ttl);
        }
        List<Record> aliases = at(question.name(), Type.CNAME, answer);
        if (!aliases.isEmpty()) {
            // The bit speaks of the whole chain (RFC 4035 §3.2.3): without it some link is insecure, and with that all
            // of it.
            return new Link.Alias(((CNAMERecord) aliases.get(0)).getTarget(), security, ttl);
        }
        boolean exists = answer.getRcode() == Rcode.NOERROR;
        return new Link.Nothing(exists, security, Lifetime.ofDenial(answer, question.name()));
    }

    /** The resolvers of the operating system may be far away, whatever the configuration says. */
    static Security security(Upstream.Reply reply) {
        boolean near = reply.server().getAddress().isLoopbackAddress();
        return near && reply.message().getHeader().getFlag(Flags.AD) ? Security.SECURE : Security.INSECURE;
    }

    private static List<Record> at(Name name, int type, Message answer) {
        return answer.getSection(Section.ANSWER).stream()
                .filter(record -> record.getType() == type
                        && record.getDClass() == DClass.IN
                        && record.getName().equals(name))
                .toList();
    }
}
