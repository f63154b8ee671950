/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.bundle;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.objectweb.asm.Opcodes;

/** Finds members as the JVM does, and remembers which ones it had to look at. */
final class Linkage {
    private static final Set<String> SIGNATURE_POLYMORPHIC =
            Set.of("java/lang/invoke/MethodHandle", "java/lang/invoke/VarHandle");

    private final ClassShapes shapes;
    private final Set<String> used = new HashSet<>();

    Linkage(ClassShapes shapes) {
        this.shapes = shapes;
    }

    /** A member in the class that declares it. */
    record Found(ClassShape declarer, Member member) {
        boolean has(int flag) {
            return (declarer.members().get(member) & flag) != 0;
        }

        @Override
        public String toString() {
            return declarer.name().replace('/', '.') + "." + member;
        }
    }

    /** Whether a resolution ended at this member, or a class had to implement it. */
    boolean hasUsed(Found found) {
        return used.contains(found.toString());
    }

    Optional<Found> field(String owner, Member field) {
        return use(declaredIn(shapes.get(owner), field).or(() -> shapes.ancestors(shapes.get(owner))
                .flatMap(parent -> declaredIn(parent, field).stream())
                .findFirst()));
    }

    /** JVMS 5.4.3.3 and 5.4.3.4. */
    Optional<Found> method(String owner, Member method) {
        if (SIGNATURE_POLYMORPHIC.contains(owner)) {
            return shapes.get(owner).members().keySet().stream()
                    .filter(candidate -> candidate.name().equals(method.name()))
                    .map(candidate -> new Found(shapes.get(owner), candidate))
                    .findFirst();
        }
        ClassShape start = shapes.get(owner);
        Optional<Found> inClasses = classChain(start)
                .flatMap(type -> declaredIn(type, method).stream())
                .findFirst();
        if (inClasses.isPresent() || method.name().startsWith("<")) {
            return use(inClasses.filter(found -> !found.member().name().equals("<init>")
                    || found.declarer().name().equals(owner)));
        }
        return use(mostSpecificDefault(start, method)
                .or(() -> inheritable(start, method).findFirst()));
    }

    /** What of its supertypes a concrete class would leave out. */
    List<Found> unimplemented(ClassShape type) {
        return shapes.ancestors(type)
                .flatMap(this::abstractMembers)
                .map(this::use)
                .filter(demand -> implementation(type, demand.member()).isEmpty())
                .toList();
    }

    /** The abstract methods that an object made by a lambda has to answer. */
    Set<Member> abstractMethodsOf(String functionalInterface) {
        ClassShape type = shapes.get(functionalInterface);
        return Stream.concat(Stream.of(type), shapes.ancestors(type))
                .flatMap(this::abstractMembers)
                .filter(demand -> implementation(type, demand.member()).isEmpty())
                // Comparator.equals: every object has it already
                .filter(demand -> declaredIn(shapes.get("java/lang/Object"), demand.member())
                        .isEmpty())
                .map(this::use)
                .map(Found::member)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** A final method of a superclass that this class declares again. */
    Optional<Found> overriddenFinal(ClassShape type) {
        return type.members().keySet().stream()
                .filter(Member::isMethod)
                .filter(method -> !method.name().startsWith("<"))
                .flatMap(method -> classChain(type)
                        .skip(1)
                        .flatMap(parent -> declaredIn(parent, method).stream())
                        .filter(found -> found.has(Opcodes.ACC_FINAL) && !found.has(Opcodes.ACC_PRIVATE)))
                .findFirst();
    }

    /** The methods of this class that take the place of one of James. An override that stops to be one is dead without a word. */
    Set<Member> overriding(ClassShape type) {
        List<ClassShape> strangers = shapes.ancestors(type)
                .filter(parent -> !shapes.isOurs(parent.name()))
                .toList();
        return type.members().keySet().stream()
                .filter(Member::isMethod)
                .filter(method -> !method.name().startsWith("<"))
                .filter(method -> !new Found(type, method).has(Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC))
                .filter(method -> strangers.stream()
                                .flatMap(parent -> declaredIn(parent, method).stream())
                                .filter(found -> !found.has(Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC))
                                .map(this::use)
                                .count()
                        > 0)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private Optional<Found> implementation(ClassShape type, Member method) {
        Optional<Found> inClasses = classChain(type)
                .flatMap(parent -> declaredIn(parent, method).stream())
                .filter(found -> !found.has(Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC))
                .findFirst();
        return use(inClasses
                .or(() -> mostSpecificDefault(type, method))
                .filter(found -> !found.has(Opcodes.ACC_ABSTRACT)));
    }

    private Optional<Found> mostSpecificDefault(ClassShape type, Member method) {
        List<Found> candidates = inheritable(type, method).toList();
        List<Found> mostSpecific = candidates.stream()
                .filter(candidate -> candidates.stream()
                        .map(Found::declarer)
                        .noneMatch(other -> !other.name()
                                        .equals(candidate.declarer().name())
                                && shapes.isSubtype(other, candidate.declarer().name())))
                .filter(candidate -> !candidate.has(Opcodes.ACC_ABSTRACT))
                .toList();
        return mostSpecific.size() == 1 ? Optional.of(mostSpecific.get(0)) : Optional.empty();
    }

    private Stream<Found> inheritable(ClassShape type, Member method) {
        return shapes.ancestors(type)
                .filter(ClassShape::isInterface)
                .flatMap(parent -> declaredIn(parent, method).stream())
                .filter(found -> !found.has(Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC));
    }

    private Stream<ClassShape> classChain(ClassShape type) {
        return Stream.iterate(Optional.of(type), Optional::isPresent, current -> current.flatMap(ClassShape::superName)
                        .map(shapes::get))
                .flatMap(Optional::stream);
    }

    private Stream<Found> abstractMembers(ClassShape type) {
        return type.members().keySet().stream()
                .map(member -> new Found(type, member))
                .filter(found -> found.member().isMethod() && found.has(Opcodes.ACC_ABSTRACT));
    }

    private static Optional<Found> declaredIn(ClassShape type, Member member) {
        return type.accessOf(member).map(access -> new Found(type, member));
    }

    private Optional<Found> use(Optional<Found> found) {
        found.ifPresent(this::use);
        return found;
    }

    private Found use(Found found) {
        used.add(found.toString());
        return found;
    }
}
