/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.testing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** A resolver that knows some records, unsigned; whatever else is asked for does not exist. */
public final class SmallZone implements AutoCloseable {
    private final List<Record> records = new ArrayList<>();
    private final List<Name> broken = new ArrayList<>();
    private final FakeDnsServer server = new FakeDnsServer(this::answer, this::answer);

    /** Adds a record, for example {@code "two.example.", "MX", "10 mx.two.example."}. */
    public SmallZone with(String name, String type, String data) {
        try {
            records.add(Record.fromString(Name.fromString(name), Type.value(type), DClass.IN, 300, data, Name.root));
            return this;
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Answers SERVFAIL to questions about that name. */
    public SmallZone broken(String name) {
        try {
            broken.add(Name.fromString(name));
            return this;
        } catch (TextParseException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Address and port. */
    public String server() {
        return "127.0.0.1:" + server.address().getPort();
    }

    private Optional<Message> answer(Message query) {
        Record question = query.getQuestion();
        Message answer = new Message(query.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setFlag(Flags.RA);
        answer.addRecord(question, Section.QUESTION);
        if (broken.contains(question.getName())) {
            answer.getHeader().setRcode(Rcode.SERVFAIL);
            return Optional.of(answer);
        }
        records.stream()
                .filter(record -> record.getName().equals(question.getName()) && record.getType() == question.getType())
                .forEach(record -> answer.addRecord(record, Section.ANSWER));
        if (records.stream().noneMatch(record -> record.getName().subdomain(question.getName()))) {
            answer.getHeader().setRcode(Rcode.NXDOMAIN);
        }
        return Optional.of(answer);
    }

    @Override
    public void close() {
        server.close();
    }
}
