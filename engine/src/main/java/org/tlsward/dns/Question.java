/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.dns;

import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * What is asked; the case of the name does not matter.
 *
 * @param name absolute
 * @param type as in {@link Type}
 */
record Question(Name name, int type) {

    static Question of(Message message) {
        Record question = message.getQuestion();
        return new Question(question.getName(), question.getType());
    }

    Message message() {
        return Message.newQuery(Record.newRecord(name, type, DClass.IN));
    }

    @Override
    public String toString() {
        return Type.string(type) + " of " + name;
    }
}
