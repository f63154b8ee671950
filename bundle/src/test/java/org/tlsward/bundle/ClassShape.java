/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.bundle;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** What other classes can see of a class. Names are internal ones, with slashes. */
record ClassShape(
        String name, int access, Optional<String> superName, List<String> interfaces, Map<Member, Integer> members) {

    static ClassShape of(byte[] classFile) {
        var reader = new ClassReader(classFile);
        var members = new LinkedHashMap<Member, Integer>();
        reader.accept(
                new MemberCollector(members), ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return new ClassShape(
                reader.getClassName(),
                reader.getAccess(),
                Optional.ofNullable(reader.getSuperName()),
                List.of(reader.getInterfaces()),
                members);
    }

    boolean isInterface() {
        return has(Opcodes.ACC_INTERFACE);
    }

    boolean isConcrete() {
        return !has(Opcodes.ACC_ABSTRACT) && !isInterface();
    }

    boolean has(int flag) {
        return (access & flag) != 0;
    }

    Optional<Integer> accessOf(Member member) {
        return Optional.ofNullable(members.get(member));
    }

    Stream<String> supertypes() {
        return Stream.concat(superName.stream(), interfaces.stream());
    }

    String packageName() {
        return name.substring(0, Math.max(0, name.lastIndexOf('/')));
    }

    private static final class MemberCollector extends ClassVisitor {
        private final Map<Member, Integer> members;

        MemberCollector(Map<Member, Integer> members) {
            super(Opcodes.ASM9);
            this.members = members;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            members.put(new Member(name, descriptor), access);
            return null;
        }

        @Override
        public FieldVisitor visitField(int access, String name, String descriptor, String signature, Object value) {
            members.put(new Member(name, descriptor), access);
            return null;
        }
    }
}
