/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.bundle;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.objectweb.asm.Opcodes;
import org.tlsward.bundle.ClassShapes.MissingClass;
import org.tlsward.bundle.Linkage.Found;

/** Checks every class of a JAR of ours and complains in sentences that name our class and the member of James. */
final class LinkCheck {
    private static final String LIBRARIES = "org/tlsward/shaded/";

    /**
     * What libraries inside our JAR live without: platforms that they ask for and James does not run on (Android, JNA for Windows, the name
     * service of Java 8), and annotations, which the JVM ignores if their class is missing. For classes of our own nothing is optional.
     */
    private static final Set<String> OPTIONAL_FOR_LIBRARIES =
            Set.of("android/", "com/sun/jna/", "sun/net/spi/nameservice/", "lombok/", "org/checkerframework/");

    private final ClassShapes shapes;
    private final SourceFacts facts;
    private final Linkage linkage;
    private final Set<String> complaints = new TreeSet<>();
    private final Set<String> overrides = new TreeSet<>();

    private LinkCheck(ClassShapes shapes, SourceFacts facts) {
        this.shapes = shapes;
        this.facts = facts;
        this.linkage = new Linkage(shapes);
    }

    /**
     * @param complaints empty when everything links
     * @param overrides every method of ours that overrides one of James; compare these between versions
     */
    record Result(List<String> complaints, List<String> overrides) {}

    static Result of(Map<String, byte[]> ours, ClassShapes shapes, SourceFacts facts) {
        var check = new LinkCheck(shapes, facts);
        ours.forEach(check::checkClass);
        check.checkFacts();
        return new Result(List.copyOf(check.complaints), List.copyOf(check.overrides));
    }

    private void checkClass(String name, byte[] classFile) {
        ClassShape shape = shapes.get(name);
        guarded(shape, () -> checkInheritance(shape));
        for (Touch touch : TouchReader.touches(classFile)) {
            guarded(shape, () -> problem(shape, touch).ifPresent(problem -> complain(shape, problem)));
        }
    }

    private void guarded(ClassShape shape, Runnable check) {
        try {
            check.run();
        } catch (MissingClass missing) {
            if (!isOptional(shape, missing.className)) {
                complain(shape, "needs class " + dotted(missing.className) + ", which is nowhere to be found");
            }
        }
    }

    private static boolean isOptional(ClassShape shape, String missing) {
        return shape.name().startsWith(LIBRARIES)
                && OPTIONAL_FOR_LIBRARIES.stream().anyMatch(missing::startsWith);
    }

    private void checkInheritance(ClassShape shape) {
        shape.superName()
                .map(shapes::get)
                .filter(parent -> parent.has(Opcodes.ACC_FINAL))
                .ifPresent(parent -> complain(shape, "extends " + dotted(parent.name()) + ", which is final"));
        shape.superName()
                .map(shapes::get)
                .filter(ClassShape::isInterface)
                .ifPresent(parent -> complain(shape, "extends " + dotted(parent.name()) + ", which is an interface"));
        shape.interfaces().stream()
                .map(shapes::get)
                .filter(parent -> !parent.isInterface())
                .forEach(parent -> complain(shape, "implements " + dotted(parent.name()) + ", which is a class"));
        linkage.overriddenFinal(shape).ifPresent(found -> complain(shape, "overrides " + found + ", which is final"));
        linkage.overriding(shape).forEach(method -> overrides.add(dotted(shape.name()) + "." + method));
        if (shape.isConcrete()) {
            linkage.unimplemented(shape).forEach(found -> complain(shape, "does not implement " + found));
        }
    }

    private Optional<String> problem(ClassShape from, Touch touch) {
        if (touch instanceof Touch.OfType type) {
            shapes.get(type.name());
            return Optional.empty();
        } else if (touch instanceof Touch.OfInstantiation instantiation) {
            return Optional.of(shapes.get(instantiation.name()))
                    .filter(created -> !created.isConcrete())
                    .map(created -> "creates " + dotted(created.name()) + ", which is abstract");
        } else if (touch instanceof Touch.OfField field) {
            return problem(from, field);
        } else if (touch instanceof Touch.OfMethod method) {
            return problem(from, method);
        } else {
            return problem((Touch.OfLambda) touch);
        }
    }

    private Optional<String> problem(ClassShape from, Touch.OfField field) {
        String what = "reads or writes " + dotted(field.owner()) + "." + field.member();
        Optional<Found> found = linkage.field(field.owner(), field.member());
        if (found.isEmpty()) {
            return Optional.of(what + ", which does not exist");
        }
        if (found.get().has(Opcodes.ACC_STATIC) != field.isStatic()) {
            return Optional.of(what + ", which is" + (field.isStatic() ? " not" : "") + " static");
        }
        return inaccessible(from, field.owner(), found.get()).map(why -> what + why);
    }

    private Optional<String> problem(ClassShape from, Touch.OfMethod method) {
        if (method.owner().startsWith("[")) {
            return Optional.empty(); // the methods of arrays are those of Object
        }
        String what = "calls " + dotted(method.owner()) + "." + method.member();
        if (shapes.get(method.owner()).isInterface() != method.call().onInterface()) {
            return Optional.of(
                    what + ", whose class became " + (method.call().onInterface() ? "a class" : "an interface"));
        }
        Optional<Found> found = linkage.method(method.owner(), method.member());
        if (found.isEmpty()) {
            return Optional.of(what + ", which does not exist");
        }
        if (found.get().has(Opcodes.ACC_STATIC) != method.call().isStatic()) {
            return Optional.of(what + ", which is" + (method.call().isStatic() ? " not" : "") + " static");
        }
        return inaccessible(from, method.owner(), found.get()).map(why -> what + why);
    }

    private Optional<String> problem(Touch.OfLambda lambda) {
        Set<Member> wanted = linkage.abstractMethodsOf(lambda.functionalInterface());
        // a generic interface may have the erased and the exact form of its one method
        boolean one = wanted.contains(lambda.method())
                && wanted.stream()
                        .allMatch(method -> method.name().equals(lambda.method().name()));
        return one
                ? Optional.empty()
                : Optional.of("has a lambda for " + dotted(lambda.functionalInterface()) + "." + lambda.method()
                        + ", whose abstract methods are " + wanted);
    }

    private Optional<String> inaccessible(ClassShape from, String owner, Found found) {
        boolean samePackage = shapes.isOurs(owner)
                && shapes.isOurs(found.declarer().name())
                && from.packageName().equals(found.declarer().packageName());
        boolean visibleClass = shapes.isOurs(owner) || shapes.get(owner).has(Opcodes.ACC_PUBLIC);
        boolean inherited = found.has(Opcodes.ACC_PROTECTED)
                && shapes.isSubtype(from, found.declarer().name());
        boolean visibleMember = found.has(Opcodes.ACC_PUBLIC) || samePackage || inherited;
        return visibleClass && visibleMember ? Optional.empty() : Optional.of(", which is not accessible");
    }

    private void checkFacts() {
        for (ClassShape fact : facts.shapes()) {
            if (shapes.isShipped(fact.name())) {
                complaints.add("source fact for " + dotted(fact.name())
                        + ", which an artifact holds: drop it, the artifact knows better");
            } else if (!shapes.consulted().contains(fact.name())) {
                complaints.add("source fact for " + dotted(fact.name()) + ", which nothing touches: drop it");
            }
            fact.members().keySet().stream()
                    .map(member -> new Found(fact, member))
                    .filter(found -> !linkage.hasUsed(found))
                    .forEach(found -> complaints.add("source fact for " + found + ", which nothing touches: drop it"));
        }
    }

    private void complain(ClassShape shape, String problem) {
        complaints.add(dotted(shape.name()) + " " + problem);
    }

    private static String dotted(String internalName) {
        return internalName.replace('/', '.');
    }
}
