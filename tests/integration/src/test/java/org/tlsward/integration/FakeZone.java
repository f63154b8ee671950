/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.integration;

import java.util.List;
import java.util.Optional;
import org.tlsward.testing.FakeDnsServer;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/** The records that the fake DNS of a test has, unsigned; other names do not exist. */
record FakeZone(List<Record> records) {
    FakeDnsServer serve() {
        return new FakeDnsServer(this::answer, this::answer);
    }

    private Optional<Message> answer(Message query) {
        Record question = query.getQuestion();
        Message reply = new Message(query.getHeader().getID());
        reply.getHeader().setFlag(Flags.QR);
        reply.getHeader().setFlag(Flags.RA);
        reply.addRecord(question, Section.QUESTION);
        List<Record> ofName = records.stream()
                .filter(record -> record.getName().equals(question.getName()))
                .toList();
        if (ofName.isEmpty()) {
            reply.getHeader().setRcode(Rcode.NXDOMAIN);
        }
        ofName.stream()
                .filter(record -> record.getType() == question.getType())
                .forEach(record -> reply.addRecord(record, Section.ANSWER));
        return Optional.of(reply);
    }
}
