/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.dns;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Cuts out of an answer what concerns one name and type, and nothing that could be judged by the keys of a zone that is not above
 * that name. The validator of dnsjava takes the zone of a record from its first signature, or from its owner, and calls the whole answer
 * insecure if that zone is: without this cut, whoever sits on the line could make any answer insecure, and DANE go away, by adding one
 * record or signature of an unsigned zone.
 */
final class LinkCut {
    private final Function<Name, Name> anchor;

    /** Knows the closest trust anchor above a name, the root if there is none. */
    LinkCut(Function<Name, Name> anchor) {
        this.anchor = anchor;
    }

    /** True if the answer gives no records of the type that was asked for but an alias. */
    static boolean isAlias(Message answer, Question question) {
        List<Record> section = answer.getSection(Section.ANSWER);
        return question.type() != Type.CNAME
                && section.stream().noneMatch(record -> is(record, question.name(), question.type()))
                && section.stream()
                        .anyMatch(record -> is(record, question.name(), Type.CNAME) || isDname(record, question));
    }

    Message cut(Message answer, Question question) {
        List<Record> section = answer.getSection(Section.ANSWER);
        List<Record> kept = Stream.concat(
                        question.type() == Type.CNAME
                                ? section.stream()
                                        .filter(record -> isDname(record, question) && isAbove(record, question))
                                : Stream.empty(),
                        section.stream().filter(record -> is(record, question.name(), question.type())))
                .filter(record -> !isForeignSignature(record, question.name()))
                .toList();
        Message link = empty(question, answer.getHeader().getRcode());
        kept.forEach(record -> link.addRecord(record, Section.ANSWER));
        boolean positive = kept.stream().anyMatch(record -> !(record instanceof RRSIGRecord));
        if (positive) {
            link.getHeader().setRcode(Rcode.NOERROR); // an NXDOMAIN after an alias concerns the alias' target
            denials(answer, question).forEach(record -> link.addRecord(record, Section.AUTHORITY));
        } else {
            List<Record> denials = denials(answer, question);
            (denials.isEmpty() ? List.of(unsigned(question.name())) : denials)
                    .forEach(record -> link.addRecord(record, Section.AUTHORITY));
        }
        return link;
    }

    /** An answer without records. */
    static Message empty(Question question, int code) {
        Message link = question.message();
        link.getHeader().setFlag(Flags.QR);
        link.getHeader().setRcode(code);
        return link;
    }

    /** Signed records that say what does not exist; they also prove wildcards (RFC 4035 §3.1.3.3). */
    private List<Record> denials(Message answer, Question question) {
        List<Record> section = answer.getSection(Section.AUTHORITY);
        List<RRSIGRecord> signatures = section.stream()
                .filter(record -> isDenial(record) && record instanceof RRSIGRecord)
                .map(RRSIGRecord.class::cast)
                .filter(signature -> isAbove(signature.getSigner(), question.name())
                        && signature.getName().subdomain(signature.getSigner()))
                .toList();
        Stream<Record> signed = section.stream()
                .filter(record -> isDenial(record) && !(record instanceof RRSIGRecord))
                .filter(record -> signatures.stream()
                        .anyMatch(signature -> signature.getName().equals(record.getName())
                                && signature.getTypeCovered() == record.getType()));
        return Stream.concat(signed, signatures.stream()).toList();
    }

    /**
     * An unsigned record of that name, which a validator must call bogus where the name is in a signed zone, and insecure where it is
     * not. It stands for a denial without any proof.
     */
    private static Record unsigned(Name name) {
        return new SOARecord(name, DClass.IN, 0, Name.root, Name.root, 0, 0, 0, 0, 0);
    }

    private static boolean is(Record record, Name owner, int type) {
        return record.getDClass() == DClass.IN
                && record.getRRsetType() == type
                && record.getName().equals(owner);
    }

    static boolean isDname(Record record, Question question) {
        return record.getDClass() == DClass.IN
                && record.getRRsetType() == Type.DNAME
                && !question.name().equals(record.getName())
                && question.name().subdomain(record.getName());
    }

    private static boolean isDenial(Record record) {
        int type = record.getRRsetType();
        return record.getDClass() == DClass.IN && (type == Type.NSEC || type == Type.NSEC3);
    }

    private boolean isAbove(Record dname, Question question) {
        return isAbove(dname.getName(), question.name());
    }

    private boolean isForeignSignature(Record record, Name name) {
        return record instanceof RRSIGRecord signature
                && !(isAbove(signature.getSigner(), name) && record.getName().subdomain(signature.getSigner()));
    }

    /** On the way from the trust anchor down to the name: such a zone is insecure only if the name is. */
    private boolean isAbove(Name zone, Name name) {
        return name.subdomain(zone) && zone.subdomain(anchor.apply(name));
    }
}
