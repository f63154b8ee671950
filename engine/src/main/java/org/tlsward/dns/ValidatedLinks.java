/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.dns;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.tlsward.dns.DnsAnswer.Security;
import org.tlsward.dns.DnsAnswer.Trouble;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;
import org.xbill.DNS.dnssec.ValidatingResolver;

/**
 * Validates by itself, up to trust anchors of its own: what a server says of security counts nothing. One link at a time goes through
 * dnsjava's validator, which does not say outright what it thinks. Its answer is read so:
 *
 * <ul>
 *   <li>the AD bit: secure, it has cleared that of the server before;
 *   <li>an error: bogus, because it never sees an error of a server;
 *   <li>neither, with a reason: insecure, proven by an authenticated absence of DS;
 *   <li>neither, without a reason: records are insecure, by a wildcard in an opt-out span of NSEC3. A denial may be that as well, but
 *       the validator also forgets time-outs and errors of its own while it proves one: so it is looked at again.
 * </ul>
 */
final class ValidatedLinks implements Links {
    /** More hashing than this per name is refused (RFC 9276 §3.2). */
    private static final String MOST_ITERATIONS = "150";

    private static final int MOST_PROOFS = 8;

    private final Upstream upstream;
    private final Clock clock;
    private final ValidatingResolver validator;
    private final LinkCut cutter;

    ValidatedLinks(Upstream upstream, byte[] anchors, Clock clock) {
        this.upstream = upstream;
        this.clock = clock;
        validator = new ValidatingResolver(new ValidatorUpstream(upstream), clock);
        Properties limits = new Properties();
        limits.setProperty("dnsjava.dnssec.nsec3.iterations.1024", MOST_ITERATIONS);
        try {
            validator.init(limits);
            validator.getTrustAnchors().clear(); // a system property may have brought others
            validator.loadTrustAnchors(new ByteArrayInputStream(anchors));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cutter = new LinkCut(this::anchor);
    }

    private Name anchor(Name name) {
        RRset anchor = validator.getTrustAnchors().find(name, DClass.IN);
        return anchor == null ? Name.root : anchor.getName();
    }

    @Override
    public CompletableFuture<Link> link(Question question, Budget budget) {
        Message query = question.message();
        query.getHeader().setFlag(Flags.CD); // we judge ourselves (RFC 4035 §4.9.2)
        return upstream.ask(query, budget).thenCompose(reply -> {
            Message answer = reply.message();
            if (LinkCut.isAlias(answer, question)) {
                return alias(question, budget);
            }
            Message cut = cutter.cut(answer, question);
            Duration ttl = Lifetime.ofDenial(answer, question.name());
            return validate(question, cut, budget).thenCompose(validated -> judged(question, validated, budget, ttl)
                    .orElseGet(() -> optedOut(cut, budget, new Link.Nothing(true, Security.INSECURE, ttl))));
        });
    }

    private CompletableFuture<Message> validate(Question question, Message answer, Budget budget) {
        budget.prepare(question, answer);
        return validator.sendAsync(question.message(), budget).toCompletableFuture();
    }

    /** An answer with an alias in it is only believed to mean that there may be one, which is asked for and proven by itself. */
    private CompletableFuture<Link> alias(Question question, Budget budget) {
        return link(new Question(question.name(), Type.CNAME), budget)
                .thenCompose(link -> link instanceof Link.Records found
                                && found.records().size() == 1
                        ? CompletableFuture.completedFuture(new Link.Alias(
                                ((CNAMERecord) found.records().get(0)).getTarget(), found.security(), found.ttl()))
                        : failed(
                                Trouble.SERVER, question.name() + " is one alias in one answer, and not in the other"));
    }

    /** Empty if the validator said nothing. */
    private Optional<CompletableFuture<Link>> judged(
            Question question, Message validated, Budget budget, Duration ofDenial) {
        boolean secure = validated.getHeader().getFlag(Flags.AD);
        if (!secure && budget.failure().isPresent()) {
            // Whoever drops the packets that carry keys must not make an answer insecure.
            return Optional.of(CompletableFuture.failedFuture(budget.failure().get()));
        }
        int code = validated.getRcode();
        Optional<String> reason = reason(validated);
        if (code != Rcode.NOERROR && code != Rcode.NXDOMAIN) {
            return Optional.of(failed(Trouble.BOGUS, reason.orElse(Rcode.string(code))));
        }
        Security security = secure ? Security.SECURE : Security.INSECURE;
        List<Record> records = validated.getSection(Section.ANSWER).stream()
                .filter(record -> record.getType() == question.type())
                .toList();
        if (!records.isEmpty()) {
            Duration ttl = Lifetime.ofRecords(validated, clock.instant());
            return Optional.of(CompletableFuture.completedFuture(new Link.Records(records, security, ttl)));
        }
        return secure || reason.isPresent()
                ? Optional.of(
                        CompletableFuture.completedFuture(new Link.Nothing(code == Rcode.NOERROR, security, ofDenial)))
                : Optional.empty();
    }

    /**
     * A denial about which the validator said nothing: either NSEC3 records with opt-out leave room for it (RFC 5155 §9.2), or it
     * stumbled over a record. If every NSEC3 record is signed by the zone it did not stumble, and the denial is insecure.
     */
    private CompletableFuture<Link> optedOut(Message cut, Budget budget, Link insecure) {
        List<RRset> sets = cut.getSectionRRsets(Section.AUTHORITY);
        boolean maybe = cut.getRcode() == Rcode.NOERROR
                && sets.size() <= MOST_PROOFS
                && sets.stream().allMatch(set -> set.getType() == Type.NSEC3);
        CompletableFuture<Boolean> all = CompletableFuture.completedFuture(maybe);
        for (RRset set : sets) {
            all = all.thenCompose(good -> good ? isSigned(set, budget) : CompletableFuture.completedFuture(false));
        }
        return all.thenCompose(good -> good
                ? CompletableFuture.completedFuture(insecure)
                : failed(Trouble.SERVER, "the denial can neither be proven nor be shown to need no proof"));
    }

    private CompletableFuture<Boolean> isSigned(RRset set, Budget budget) {
        Question question = new Question(set.getName(), set.getType());
        Message answer = LinkCut.empty(question, Rcode.NOERROR);
        set.rrs(false).forEach(record -> answer.addRecord(record, Section.ANSWER));
        set.sigs().forEach(record -> answer.addRecord(record, Section.ANSWER));
        return validate(question, answer, budget)
                .thenApply(validated -> validated.getHeader().getFlag(Flags.AD));
    }

    private static CompletableFuture<Link> failed(Trouble trouble, String why) {
        return CompletableFuture.failedFuture(new LookupFailure(trouble, why));
    }

    private static Optional<String> reason(Message validated) {
        return validated.getSection(Section.ADDITIONAL).stream()
                .filter(record -> record.getDClass() == ValidatingResolver.VALIDATION_REASON_QCLASS)
                .map(record -> String.join("", ((TXTRecord) record).getStrings()))
                .findFirst();
    }
}
