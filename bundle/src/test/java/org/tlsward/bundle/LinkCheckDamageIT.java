/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The link check finds what it is there for: each test damages a copy of the JAR, or what is known of James, in one place. */
class LinkCheckDamageIT {
    private static final BundleJar JAR = BundleJar.JAMES_39;
    private static final String MATCHER = "org/tlsward/matchers/RecipientClassIs";
    private static final String HOOK = "org/tlsward/hooks/SessionTlsRecorder";
    private static final String ON_MESSAGE =
            "onMessage(Lorg/apache/james/protocols/smtp/SMTPSession;Lorg/apache/mailet/Mail;)"
                    + "Lorg/apache/james/protocols/smtp/hook/HookResult;";

    private Map<String, byte[]> classes;

    @BeforeEach
    void readJar() throws Exception {
        classes = JAR.classes();
    }

    @Test
    void renamedMethodOfAnArtifactShouldBeNamedWithItsCaller() throws Exception {
        Touch.OfMethod call = callFrom(MATCHER, "org/apache/mailet/Mail");
        var damaged = ClassSurgery.withRenamedCall(classes, MATCHER, call);

        assertThat(JAR.linkCheck(damaged).complaints())
                .containsExactly("org.tlsward.matchers.RecipientClassIs calls org.apache.mailet.Mail."
                        + call.member().name() + "Renamed" + call.member().descriptor() + ", which does not exist");
    }

    @Test
    void renamedMethodOfASourceFactShouldBeNamedWithItsCaller() throws Exception {
        String caller = "org/tlsward/hooks/StartTlsGuard";
        Touch.OfMethod call = callFrom(caller, "org/apache/james/protocols/smtp/SMTPResponse");
        var damaged = ClassSurgery.withRenamedCall(classes, caller, call);

        assertThat(JAR.linkCheck(damaged).complaints())
                .contains("org.tlsward.hooks.StartTlsGuard calls org.apache.james.protocols.smtp.SMTPResponse."
                        + call.member().name() + "Renamed" + call.member().descriptor() + ", which does not exist");
    }

    @Test
    void methodThatAClassLeavesOutShouldBeNamed() throws Exception {
        var method = new Member("onMessage", ON_MESSAGE.substring("onMessage".length()));
        var damaged = ClassSurgery.withoutMethod(classes, HOOK, method);

        assertThat(JAR.linkCheck(damaged).complaints())
                .contains(
                        "org.tlsward.hooks.SessionTlsRecorder does not implement org.apache.james.smtpserver.JamesMessageHook."
                                + ON_MESSAGE);
    }

    @Test
    void missingFactShouldBeNamedWithTheClassThatNeedsIt() throws Exception {
        var facts = factLines();
        facts.removeIf(line -> line.startsWith("  abstract onMessage "));
        facts.removeIf(line -> line.contains("class org.apache.james.smtpserver.CoreCmdHandlerLoader "));
        facts.removeIf(line -> line.equals("  getHandlers ()Ljava/util/List;"));

        assertThat(JAR.linkCheck(classes, SourceFacts.parse(facts)).complaints())
                .contains(
                        "org.tlsward.hooks.TlsWardHandlers needs class org.apache.james.smtpserver.CoreCmdHandlerLoader, which is nowhere to be found");
    }

    @Test
    void newAbstractMethodOfJamesShouldBeNamedWithTheClassThatLacksIt() throws Exception {
        var facts = factLines();
        int hook = indexOf(facts, "interface org.apache.james.smtpserver.JamesMessageHook ");
        facts.add(hook + 1, "  abstract onAttachment ()V");

        assertThat(JAR.linkCheck(classes, SourceFacts.parse(facts)).complaints())
                .contains(
                        "org.tlsward.hooks.SessionTlsRecorder does not implement org.apache.james.smtpserver.JamesMessageHook.onAttachment()V");
    }

    @Test
    void methodThatBecameFinalShouldBeNamed() throws Exception {
        var facts = factLines();
        facts.replaceAll(line -> line.startsWith("  protected onSeparatorLine ")
                ? line.replace("  protected ", "  protected final ")
                : line);

        assertThat(JAR.linkCheck(classes, SourceFacts.parse(facts)).complaints())
                .anyMatch(complaint -> complaint.startsWith("org.tlsward.hooks.ReceivedTlsFilter overrides "
                                + "org.apache.james.protocols.smtp.core.SeparatingDataLineFilter.onSeparatorLine(")
                        && complaint.endsWith(", which is final"));
    }

    @Test
    void classThatBecameAnInterfaceShouldBeNamed() throws Exception {
        var facts = factLines();
        facts.replaceAll(line -> line.replaceFirst("^final class (\\S+HookResult) ", "interface $1 "));

        assertThat(JAR.linkCheck(classes, SourceFacts.parse(facts)).complaints())
                .anyMatch(complaint -> complaint.contains(" calls org.apache.james.protocols.smtp.hook.HookResult.")
                        && complaint.endsWith(", whose class became an interface"));
    }

    @Test
    void methodThatBecameAnInstanceMethodShouldBeNamed() throws Exception {
        var facts = factLines();
        facts.replaceAll(line -> line.replace("  static builder ", "  builder "));

        assertThat(JAR.linkCheck(classes, SourceFacts.parse(facts)).complaints())
                .anyMatch(complaint ->
                        complaint.contains(" calls org.apache.james.protocols.smtp.hook.HookResult.builder()")
                                && complaint.endsWith(", which is not static"));
    }

    @Test
    void idleFactsShouldBeRefused() throws Exception {
        var facts = factLines();
        facts.add("class org.apache.james.smtpserver.Idle from server/protocols/protocols-smtp/src/main/java");
        facts.add("  idle ()V");

        assertThat(JAR.linkCheck(classes, SourceFacts.parse(facts)).complaints())
                .containsExactly(
                        "source fact for org.apache.james.smtpserver.Idle, which nothing touches: drop it",
                        "source fact for org.apache.james.smtpserver.Idle.idle()V, which nothing touches: drop it");
    }

    @Test
    void factsAboutWhatAnArtifactHoldsShouldBeRefused() throws Exception {
        var facts = factLines();
        facts.add("interface org.apache.mailet.Mail from mailet/api/src/main/java");

        assertThat(JAR.linkCheck(classes, SourceFacts.parse(facts)).complaints())
                .containsExactly(
                        "source fact for org.apache.mailet.Mail, which an artifact holds: drop it, the artifact knows better");
    }

    @Test
    void factsThatAreNotUnderstoodShouldBeRefused() {
        assertThatThrownBy(() -> SourceFacts.parse(List.of("# comment", "klass org.apache.james.Foo")))
                .hasMessage("line 2: neither a class nor a member: klass org.apache.james.Foo");
    }

    @Test
    void lambdaWhoseInterfaceDemandsMoreShouldBeNamed() throws Exception {
        var withLambdas = new TreeMap<>(classes);
        withLambdas.put(internalName(Greeter.class), bytes(Greeter.class));
        withLambdas.put(internalName(Greeting.class), bytes(Greeting.class));
        // the class around them is named as theirs, and is touched by that
        withLambdas.put(internalName(LinkCheckDamageIT.class), emptyClass());
        var damaged = ClassSurgery.withNewAbstractMethod(
                withLambdas, internalName(Greeting.class), new Member("farewell", "()V"));

        assertThat(JAR.linkCheck(withLambdas).complaints()).isEmpty();
        assertThat(JAR.linkCheck(damaged).complaints())
                .singleElement()
                .asString()
                .startsWith(Greeter.class.getName() + " has a lambda for " + Greeting.class.getName() + ".greet(");
    }

    @Test
    void classThatOnlyALibraryMayLackShouldBeNamedWhenItIsOurs() throws Exception {
        String absent = "android/net/Network";

        assertThat(JAR.linkCheck(ClassSurgery.withClass(classes, "org/tlsward/shaded/Probe", absent))
                        .complaints())
                .isEmpty();
        assertThat(JAR.linkCheck(ClassSurgery.withClass(classes, "org/tlsward/Probe", absent))
                        .complaints())
                .containsExactly("org.tlsward.Probe needs class android.net.Network, which is nowhere to be found");
    }

    interface Greeting {
        String greet(String name);
    }

    /** Has one lambda for an interface of its own and one for an interface that repeats a method of Object. */
    static final class Greeter {
        final Greeting greeting = name -> "Good day, " + name;
        final Comparator<String> byLength = (left, right) -> left.length() - right.length();
    }

    private static byte[] emptyClass() {
        String name = internalName(LinkCheckDamageIT.class);
        return ClassSurgery.withClass(Map.of(), name, "java/lang/Object").get(name);
    }

    private static byte[] bytes(Class<?> type) throws Exception {
        try (var stream = type.getClassLoader().getResourceAsStream(internalName(type) + ".class")) {
            return stream.readAllBytes();
        }
    }

    private static String internalName(Class<?> type) {
        return type.getName().replace('.', '/');
    }

    private Touch.OfMethod callFrom(String caller, String owner) {
        return TouchReader.touches(classes.get(caller)).stream()
                .filter(Touch.OfMethod.class::isInstance)
                .map(Touch.OfMethod.class::cast)
                .filter(call -> call.owner().equals(owner))
                .filter(call -> !call.member().name().startsWith("<"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(caller + " no longer calls " + owner + ": choose another"));
    }

    private static List<String> factLines() throws Exception {
        return new ArrayList<>(Files.readAllLines(Path.of("src/test/resources/james39-source-facts.txt")));
    }

    private static int indexOf(List<String> lines, String start) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(start)) {
                return i;
            }
        }
        throw new AssertionError("no fact begins with " + start);
    }
}
