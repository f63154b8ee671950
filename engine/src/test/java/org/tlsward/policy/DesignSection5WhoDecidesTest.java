/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tlsward.policy.Fixtures.AUTHENTICATED;
import static org.tlsward.policy.Fixtures.ENCRYPT;
import static org.tlsward.policy.Fixtures.NO_TLS;
import static org.tlsward.policy.Fixtures.classOf;
import static org.tlsward.policy.Fixtures.destination;
import static org.tlsward.policy.Fixtures.facts;
import static org.tlsward.policy.Fixtures.general;
import static org.tlsward.policy.Fixtures.medical;
import static org.tlsward.policy.Fixtures.verdict;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.tlsward.policy.Contribution.Source;
import org.tlsward.policy.Decision.Observation;

/** The second half of DESIGN §5: A, B, the ways down, observe. The times are in {@link DeadlinesTest}. */
class DesignSection5WhoDecidesTest {
    private static final Requirement REQUIRETLS =
            Requirement.builder().requireTls().build();

    private static PolicyException exception(TlsLevel level, boolean publishedIgnored) {
        return new PolicyException(
                DomainMatch.parse("partner.example"),
                level,
                level.requirement(),
                "their new server comes in May",
                LocalDate.parse("2027-05-31"),
                publishedIgnored);
    }

    private static ReleaseOverride release(TlsLevel level) {
        return new ReleaseOverride(
                "token of the operator", level, level.requirement(), "urgent, patient agreed", false);
    }

    private static DemandBuilder medicalMail() {
        return Demand.builder().recipientClasses(List.of(medical()));
    }

    private static DemandBuilder generalMail() {
        return Demand.builder().recipientClasses(List.of(general()));
    }

    private static List<Lowering.Kind> ways(Demand demand) {
        return demand.lowerings().stream().map(Lowering::kind).toList();
    }

    @Test
    @DisplayName(
            "A = join(class of the original recipient, class of the rewritten recipient, sender class, marks, destination, REQUIRETLS)")
    void everySourceShouldCount() {
        ClassRule verify = classOf("verified", TlsLevel.VERIFY);
        assertThat(generalMail().build().required()).isEqualTo(Requirement.NOTHING);
        assertThat(medicalMail().build().required()).isEqualTo(ENCRYPT);
        assertThat(generalMail()
                        .rewrittenRecipientClasses(List.of(verify))
                        .build()
                        .required())
                .isEqualTo(TlsLevel.VERIFY.requirement());
        assertThat(generalMail().senderClasses(List.of(medical())).build().required())
                .isEqualTo(ENCRYPT);
        assertThat(generalMail()
                        .mark("tlsward.requirement", AUTHENTICATED)
                        .build()
                        .required())
                .isEqualTo(AUTHENTICATED);
        assertThat(generalMail()
                        .destination(destination("*", TlsLevel.DANE_ONLY))
                        .build()
                        .required())
                .isEqualTo(TlsLevel.DANE_ONLY.requirement());
        assertThat(generalMail().requireTls().build().required()).isEqualTo(REQUIRETLS);
        Demand all = medicalMail()
                .rewrittenRecipientClasses(List.of(verify))
                .mark("mark", AUTHENTICATED)
                .requireTls()
                .build();
        assertThat(all.required())
                .isEqualTo(ENCRYPT.join(verify.outbound().required())
                        .join(AUTHENTICATED)
                        .join(REQUIRETLS));
        assertThat(all.contributions())
                .extracting(Contribution::source)
                .containsExactly(
                        Source.RECIPIENT_CLASS, Source.REWRITTEN_RECIPIENT_CLASS, Source.MARK, Source.REQUIRETLS);
    }

    @Test
    @DisplayName("An address in several classes gets the join of them")
    void severalClassesShouldBeJoined() {
        Demand demand = Demand.builder()
                .recipientClasses(List.of(general(), medical(), classOf("research", TlsLevel.DANE_ONLY)))
                .build();
        assertThat(demand.required()).isEqualTo(ENCRYPT.join(TlsLevel.DANE_ONLY.requirement()));
    }

    @Test
    @DisplayName("A null sender has no class")
    void nullSenderShouldHaveNoClass() {
        Demand demand =
                generalMail().senderClasses(List.of(medical())).nullSender().build();
        assertThat(demand.required()).isEqualTo(Requirement.NOTHING);
        assertThat(demand.classes()).containsExactly(general());
    }

    @Test
    @DisplayName("By which rule: the refusal names the rules that demand what is missing, and only those")
    void refusalShouldNameTheRules() {
        Demand demand = medicalMail()
                .senderClasses(List.of(general()))
                .destination(destination(".example", TlsLevel.VERIFY))
                .build();
        Decision.Refuse refusal = Fixtures.refusal(facts(demand).with(Fixtures.selfSigned()));
        assertThat(refusal.unmet()).hasSize(1);
        assertThat(refusal.unmet().get(0).reason()).isEqualTo(Reason.CERTIFICATE_UNTRUSTED);
        assertThat(refusal.unmet().get(0).by()).extracting(Contribution::name).containsExactly(".example");
        assertThat(refusal.unmet().get(0).seen()).isEqualTo("self-signed");
        assertThat(Fixtures.refusal(facts(demand).with(NO_TLS)).unmet().get(0).by())
                .extracting(Contribution::name)
                .containsExactly("medical", ".example");
    }

    @Test
    @DisplayName("Required = join(A, B), B evaluated per MX")
    void publishedShouldBeJoinedPerHost() {
        Demand demand =
                Demand.builder().mark("mark", TlsLevel.VERIFY.requirement()).build();
        Decision decision = PolicyEngine.decide(facts(demand, TlsaRecords.USABLE, MtaSts.NONE));
        assertThat(decision.required()).isEqualTo(TlsLevel.VERIFY.requirement().join(TlsLevel.DANE_ONLY.requirement()));
        assertThat(PolicyEngine.decide(facts(demand, TlsaRecords.NONE, MtaSts.NONE))
                        .required())
                .isEqualTo(TlsLevel.VERIFY.requirement());
        // Both must pass: DANE does not make a self-signed certificate valid for a rule that wants a chain.
        assertThat(verdict(facts(demand, TlsaRecords.USABLE, MtaSts.NONE).with(Fixtures.daneMatch())))
                .isEqualTo("certificate-untrusted");
    }

    @Test
    @DisplayName("With usable TLSA, MTA-STS's certificate verdict is recorded, not applied; its MX patterns apply")
    void usableTlsaShouldDecideAboutTheCertificate() {
        Facts both = facts(generalMail().build(), TlsaRecords.USABLE, MtaSts.ENFORCE);
        Decision.Proceed decision = Fixtures.proceeding(both.with(Fixtures.daneMatch()));
        assertThat(decision.observations())
                .extracting(observation -> observation.by().source(), Observation::reason)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Source.MTA_STS, Reason.CERTIFICATE_UNTRUSTED));
        assertThat(verdict(facts(generalMail().build(), TlsaRecords.USABLE, MtaSts.ENFORCE_MX_MISMATCH)
                        .with(Fixtures.daneMatch())))
                .isEqualTo("mtasts-mx-mismatch");
    }

    @Test
    @DisplayName("Exception: replaces class, mark and destination contributions")
    void exceptionShouldReplaceClassMarkAndDestination() {
        Demand demand = medicalMail()
                .senderClasses(List.of(medical()))
                .rewrittenRecipientClasses(List.of(medical()))
                .mark("mark", AUTHENTICATED)
                .destination(destination("partner.example", TlsLevel.DANE_ONLY))
                .exception(exception(TlsLevel.ENCRYPT, false))
                .build();
        assertThat(demand.required()).isEqualTo(ENCRYPT);
        assertThat(demand.contributions()).extracting(Contribution::source).containsExactly(Source.EXCEPTION);
    }

    @Test
    @DisplayName("Exception: never REQUIRETLS, also not one that came with a mark")
    void exceptionShouldNotReplaceRequireTls() {
        assertThat(medicalMail()
                        .requireTls()
                        .exception(exception(TlsLevel.MAY, true))
                        .build()
                        .required())
                .isEqualTo(REQUIRETLS);
        assertThat(generalMail()
                        .mark("header", RequireHeader.parse("authenticated; requiretls"))
                        .exception(exception(TlsLevel.MAY, false))
                        .build()
                        .required())
                .isEqualTo(REQUIRETLS);
        assertThat(medicalMail()
                        .requireTls()
                        .release(release(TlsLevel.MAY))
                        .build()
                        .required())
                .isEqualTo(REQUIRETLS);
    }

    @Test
    @DisplayName("Exception: drops B only with published=\"ignore\"")
    void exceptionShouldDropPublishedOnlyIfItSaysSo() {
        Demand keeps = medicalMail().exception(exception(TlsLevel.MAY, false)).build();
        Demand drops = medicalMail().exception(exception(TlsLevel.MAY, true)).build();
        assertThat(verdict(facts(keeps, TlsaRecords.USABLE, MtaSts.NONE).with(NO_TLS)))
                .isEqualTo("tls-not-offered");
        assertThat(verdict(facts(drops, TlsaRecords.USABLE, MtaSts.NONE).with(NO_TLS)))
                .isEqualTo("proceed");
        assertThat(verdict(facts(keeps, TlsaRecords.NONE, MtaSts.ENFORCE_MX_MISMATCH)))
                .isEqualTo("mtasts-mx-mismatch");
        assertThat(verdict(facts(drops, TlsaRecords.LOOKUP_FAILED, MtaSts.ENFORCE_MX_MISMATCH)))
                .isEqualTo("proceed");
    }

    @Test
    @DisplayName("Each lowering is recorded: what it replaced, why, and what would have happened without")
    void loweringShouldBeRecorded() {
        Demand demand = medicalMail().exception(exception(TlsLevel.MAY, true)).build();
        assertThat(demand.lowerings()).hasSize(1);
        Lowering lowering = demand.lowerings().get(0);
        assertThat(lowering.kind()).isEqualTo(Lowering.Kind.EXCEPTION);
        assertThat(lowering.name()).isEqualTo("partner.example");
        assertThat(lowering.reason()).isEqualTo("their new server comes in May");
        assertThat(lowering.replaced()).extracting(Contribution::name).containsExactly("medical");
        Decision.Proceed decision = Fixtures.proceeding(
                facts(demand, TlsaRecords.USABLE, MtaSts.ENFORCE_MX_MISMATCH).with(NO_TLS));
        assertThat(decision.observations())
                .extracting(observation -> observation.by().name(), Observation::reason)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("partner.example", Reason.MTASTS_MX_MISMATCH),
                        org.assertj.core.groups.Tuple.tuple("medical", Reason.TLS_NOT_OFFERED),
                        org.assertj.core.groups.Tuple.tuple("mx.partner.example", Reason.TLS_NOT_OFFERED));
    }

    @Test
    @DisplayName("TLS-Required: No drops B, only if A is empty")
    void tlsRequiredNoShouldDropPublishedOnlyWhereWeDemandNothing() {
        Demand empty = generalMail().tlsRequiredNo().build();
        assertThat(verdict(facts(empty, TlsaRecords.USABLE, MtaSts.ENFORCE).with(NO_TLS)))
                .isEqualTo("proceed");
        assertThat(verdict(facts(empty, TlsaRecords.LOOKUP_FAILED, MtaSts.NONE)))
                .isEqualTo("proceed");
        assertThat(ways(empty)).containsExactly(Lowering.Kind.TLS_REQUIRED_NO);
        for (DemandBuilder demanding : List.of(
                medicalMail(),
                generalMail().requireTls(),
                generalMail().mark("mark", ENCRYPT),
                generalMail().destination(destination("*", TlsLevel.ENCRYPT)),
                generalMail().senderClasses(List.of(medical())))) {
            Demand demand = demanding.tlsRequiredNo().build();
            assertThat(ways(demand)).isEmpty();
            assertThat(demand.publishedCounts()).isTrue();
        }
    }

    @Test
    @DisplayName("TLS-Required: No does not lower further what an exception has lowered")
    void tlsRequiredNoShouldNotAddToAnException() {
        Demand demand = medicalMail()
                .tlsRequiredNo()
                .exception(exception(TlsLevel.MAY, false))
                .build();
        assertThat(demand.publishedCounts()).isTrue();
        assertThat(ways(demand)).containsExactly(Lowering.Kind.EXCEPTION);
    }

    @Test
    @DisplayName("Our own TLSRPT mail drops B and our own rules (ADR 0004)")
    void ownReportShouldTravelDespiteEveryRule() {
        Demand report = generalMail().ownTlsReport().build();
        assertThat(verdict(facts(report, TlsaRecords.USABLE, MtaSts.ENFORCE).with(NO_TLS)))
                .isEqualTo("proceed");
        assertThat(ways(report)).containsExactly(Lowering.Kind.OWN_TLS_REPORT);
        Demand demanded = medicalMail()
                .ownTlsReport()
                .senderClasses(List.of(medical()))
                .mark("mark", AUTHENTICATED)
                .unknownClass(List.of(medical()), "LDAP is down")
                .destination(destination("*", TlsLevel.DANE_ONLY))
                .exception(exception(TlsLevel.ENCRYPT, false))
                .build();
        for (TlsaRecords tlsa : TlsaRecords.values()) {
            assertThat(verdict(facts(demanded, tlsa, MtaSts.ENFORCE_MX_MISMATCH).with(NO_TLS)))
                    .isEqualTo("proceed");
        }
        assertThat(ways(demanded)).containsExactly(Lowering.Kind.EXCEPTION, Lowering.Kind.OWN_TLS_REPORT);
        assertThat(demanded.lowerings().stream().flatMap(way -> way.replaced().stream()))
                .extracting(Contribution::source)
                .contains(
                        Source.RECIPIENT_CLASS,
                        Source.SENDER_CLASS,
                        Source.MARK,
                        Source.UNKNOWN_CLASS,
                        Source.DESTINATION,
                        Source.EXCEPTION);
    }

    @Test
    @DisplayName("What our own TLSRPT mail would have needed is recorded, and REQUIRETLS is not lowered")
    void ownReportShouldRecordWhatItIsSparedFrom() {
        Demand spared = generalMail()
                .ownTlsReport()
                .destination(destination("*", TlsLevel.ENCRYPT))
                .build();
        Decision decision =
                PolicyEngine.decide(facts(spared, TlsaRecords.NONE, MtaSts.NONE).with(NO_TLS));
        assertThat(decision.observations())
                .extracting(Decision.Observation::reason)
                .containsExactly(Reason.TLS_NOT_OFFERED);
        Demand asked = generalMail().ownTlsReport().requireTls().build();
        assertThat(asked.required()).isEqualTo(REQUIRETLS);
    }

    @Test
    @DisplayName("Our own TLSRPT mail is given up after 24 hours (RFC 8460 §5.5)")
    void ownReportShouldBeGivenUpAfterADay() {
        Duration day = Duration.ofHours(24);
        assertThat(generalMail().ownTlsReport().build().deadlines())
                .isEqualTo(new Deadlines(Duration.ofHours(4), day, day));
        assertThat(medicalMail().ownTlsReport().build().deadlines())
                .isEqualTo(new Deadlines(Duration.ofMinutes(15), Duration.ofHours(4), day));
    }

    @Test
    @DisplayName("A release override counts as an exception, for one mail")
    void releaseShouldReplaceLikeAnException() {
        Demand demand = medicalMail()
                .mark("mark", AUTHENTICATED)
                .release(release(TlsLevel.MAY))
                .build();
        assertThat(verdict(facts(demand).with(NO_TLS))).isEqualTo("proceed");
        assertThat(ways(demand)).containsExactly(Lowering.Kind.RELEASE);
        assertThat(demand.lowerings().get(0).name()).isEqualTo("token of the operator");
        assertThat(demand.publishedCounts()).isTrue();
    }

    @Test
    @DisplayName("A release goes before an exception: what that dropped comes back")
    void releaseShouldGoBeforeAnException() {
        Demand demand = medicalMail()
                .exception(exception(TlsLevel.MAY, true))
                .release(release(TlsLevel.VERIFY))
                .build();
        assertThat(demand.required()).isEqualTo(TlsLevel.VERIFY.requirement());
        assertThat(demand.publishedCounts()).isTrue();
        assertThat(ways(demand)).containsExactly(Lowering.Kind.RELEASE);
    }

    @Test
    @DisplayName(
            "observe names a stricter level that is only evaluated and recorded: would have been withheld, because")
    void observeShouldOnlyBeRecorded() {
        ClassRule watched = Fixtures.observing("medical", TlsLevel.ENCRYPT, TlsLevel.AUTHENTICATED);
        Facts facts = facts(Demand.builder().recipientClasses(List.of(watched)).build());
        Decision.Proceed decision = Fixtures.proceeding(facts.with(Fixtures.selfSigned()));
        assertThat(decision.required()).isEqualTo(ENCRYPT);
        assertThat(decision.observations())
                .extracting(observation -> observation.by().name(), Observation::reason)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("medical", Reason.MX_NOT_TRUSTED));
        Facts published = facts(facts.demand(), TlsaRecords.NONE, MtaSts.ENFORCE);
        assertThat(Fixtures.proceeding(published.with(Fixtures.trusted())).observations())
                .isEmpty();
    }

    @Test
    @DisplayName("The header can only raise")
    void headerShouldOnlyRaise() {
        for (String value : List.of("none", "may", "encrypt", "never", "nonsense", "may; requiretls")) {
            Demand demand = medicalMail()
                    .mark(RequireHeader.NAME, RequireHeader.parse(value))
                    .build();
            assertThat(demand.required().atLeast(ENCRYPT)).as(value).isTrue();
            assertThat(demand.suppressesStartTls()).as(value).isFalse();
        }
    }

    @Test
    @DisplayName("A mark that cannot be read withholds, as an error to be mended")
    void unreadableMarkShouldWithhold() {
        Demand demand = generalMail()
                .mark("tlsward.requirement", RequirementText.parse("v7;encrypted"))
                .build();
        Decision.Refuse refusal = Fixtures.refusal(facts(demand));
        assertThat(refusal.reason()).isEqualTo(Reason.CONFIGURATION_ERROR);
        assertThat(refusal.unmet().get(0).by()).extracting(Contribution::name).containsExactly("tlsward.requirement");
    }

    @Test
    @DisplayName("RULES §8: a class that cannot be found out may be any; who does for all of them passes")
    void unknownClassShouldCountAsEveryClass() {
        Demand demand = Demand.builder()
                .unknownClass(List.of(general(), medical(), classOf("strict", TlsLevel.VERIFY)), "ldap is down")
                .build();
        assertThat(verdict(facts(demand).with(Fixtures.trusted()))).isEqualTo("proceed");
        Decision.Refuse refusal = Fixtures.refusal(facts(demand).with(Fixtures.selfSigned()));
        assertThat(refusal.unmet())
                .extracting(Decision.Unmet::reason)
                .containsExactly(Reason.CLASS_UNKNOWN, Reason.CERTIFICATE_UNTRUSTED);
        assertThat(refusal.deferredStatus()).isEqualTo("4.3.0");
        assertThat(refusal.persistence()).isEqualTo(Decision.Persistence.RETRY);
        // What is known and fails by itself is the better reason.
        Demand both = Demand.builder()
                .recipientClasses(List.of(medical()))
                .unknownClass(List.of(general(), classOf("strict", TlsLevel.VERIFY)), "ldap is down")
                .build();
        assertThat(verdict(facts(both).with(NO_TLS))).isEqualTo("tls-not-offered");
        // A class that is never sent would stop everybody while the directory is down: later, not never.
        Demand never = Demand.builder()
                .unknownClass(List.of(general(), classOf("sealed", TlsLevel.NEVER)), "ldap is down")
                .build();
        assertThat(Fixtures.refusal(facts(never)).persistence()).isEqualTo(Decision.Persistence.RETRY);
    }

    @Test
    @DisplayName("RULES §6: recipients share a transaction only under the same requirement")
    void groupsShouldTellDifferentDemandsApart() {
        assertThat(medicalMail().build().group())
                .isEqualTo(generalMail().mark("m", ENCRYPT).build().group());
        assertThat(medicalMail().build().group())
                .isNotEqualTo(generalMail().build().group());
        assertThat(generalMail().tlsRequiredNo().build().group())
                .isNotEqualTo(generalMail().build().group());
        assertThat(generalMail()
                        .destination(destination("*", TlsLevel.NONE))
                        .build()
                        .group())
                .isNotEqualTo(generalMail().build().group());
    }

    @Test
    @DisplayName("The shortest times of the contributing classes rule, also of those that an exception replaces")
    void timesShouldComeFromTheClasses() {
        Demand demand = medicalMail()
                .senderClasses(List.of(general()))
                .exception(exception(TlsLevel.MAY, false))
                .build();
        assertThat(demand.deadlines()).isEqualTo(Deadlines.of(List.of(medical(), general())));
    }
}
