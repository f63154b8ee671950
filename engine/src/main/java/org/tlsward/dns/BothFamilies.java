/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.dns;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.dns.DnsAnswer.Absent;
import org.tlsward.dns.DnsAnswer.Failed;
import org.tlsward.dns.DnsAnswer.Found;
import org.tlsward.dns.DnsAnswer.Security;
import org.tlsward.dns.DnsAnswer.Trouble;

/**
 * One answer out of those for AAAA and A.
 *
 * <ul>
 *   <li>A family that failed might have had addresses: with the other absent nobody knows (RFC 7672 §2.1.2).
 *   <li>A family that failed beside secure addresses of the other changes nothing: what is there is true, and says whether TLSA has to
 *       be asked for. Who can drop one family can drop both; refusing the rest would only help him. RFC 7672 §2.2.2 (end), read to the letter,
 *       would give the host up; Postfix reads it as we do.
 *   <li>A family that is bogus beside <em>insecure</em> addresses of the other cannot be: both stand at one name of one zone. Somebody
 *       meddles, and insecure is what he wants, because DANE ends there. So it is bogus.
 * </ul>
 */
final class BothFamilies {
    private static final Logger LOGGER = LoggerFactory.getLogger(BothFamilies.class);

    private BothFamilies() {}

    static DnsAnswer<InetAddress> joined(DnsAnswer<InetAddress> six, DnsAnswer<InetAddress> four) {
        if (six instanceof Found<InetAddress> found6 && four instanceof Found<InetAddress> found4) {
            return all(found6, found4);
        }
        if (six instanceof Found<InetAddress> found) {
            return beside(found, four);
        }
        if (four instanceof Found<InetAddress> found) {
            return beside(found, six);
        }
        if (six instanceof Failed<InetAddress> failed6 && four instanceof Failed<InetAddress> failed4) {
            return failed4.trouble() == Trouble.BOGUS ? failed4 : failed6;
        }
        return four instanceof Failed ? four : six instanceof Failed ? six : absent(six, four);
    }

    private static DnsAnswer<InetAddress> all(Found<InetAddress> six, Found<InetAddress> four) {
        if (!six.canonical().equals(four.canonical())) {
            // An alias changed between the questions: the TLSA base domain must fit every address, so one answer has to
            // do.
            return four;
        }
        List<InetAddress> records = new ArrayList<>(six.records());
        records.addAll(four.records());
        return new Found<>(records, AliasChain.both(six.security(), four.security()), six.canonical());
    }

    private static DnsAnswer<InetAddress> beside(Found<InetAddress> found, DnsAnswer<InetAddress> other) {
        if (!(other instanceof Failed<InetAddress> failed)) {
            return found;
        }
        if (failed.trouble() == Trouble.BOGUS && found.security() == Security.INSECURE) {
            return failed;
        }
        LOGGER.debug("going on with the addresses of one family: {}", failed.why());
        return found;
    }

    private static DnsAnswer<InetAddress> absent(DnsAnswer<InetAddress> six, DnsAnswer<InetAddress> four) {
        Absent<InetAddress> one = (Absent<InetAddress>) six;
        Absent<InetAddress> other = (Absent<InetAddress>) four;
        return new Absent<>(one.nameExists() || other.nameExists(), AliasChain.both(one.security(), other.security()));
    }
}
