/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.matchers;

import java.util.function.Function;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.mailet.base.GenericMatcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.james.AddressClasses.Answer;
import org.tlsward.james.Ward;

/** What the matchers by class have in common: the classes that they look for, and what counts where nobody knows. */
abstract class ClassMatcher extends GenericMatcher {
    private static final Logger LOGGER = LoggerFactory.getLogger(ClassMatcher.class);

    private final Ward ward;
    private ClassNames wanted;

    ClassMatcher(Ward ward) {
        this.ward = ward;
    }

    @Override
    public void init() throws MessagingException {
        wanted = ClassNames.parse(
                getClass().getSimpleName(),
                getCondition(),
                ward.current().configuration().rules().keySet());
    }

    /** True if the address is in a wanted class or could be; on an inner error, if a wanted class is protected. */
    final boolean matches(MailAddress address, Function<MailAddress, Answer> classes) {
        try {
            Answer answer = classes.apply(address);
            return wanted.names().stream().anyMatch(answer::isOrMayBe);
        } catch (RuntimeException | LinkageError e) {
            LOGGER.error("the class of {} cannot be found out", address.asString(), e);
            return wanted.names().stream().anyMatch(ward::isProtected);
        }
    }
}
