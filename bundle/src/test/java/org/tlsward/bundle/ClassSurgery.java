/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.bundle;

import java.util.Map;
import java.util.TreeMap;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Makes the damage that the link check is there to find. Always on a copy. */
final class ClassSurgery {
    private ClassSurgery() {}

    /** The classes, of which one calls the method by another name. */
    static Map<String, byte[]> withRenamedCall(Map<String, byte[]> classes, String caller, Touch.OfMethod call) {
        return operate(classes, caller, writer -> new ClassVisitor(Opcodes.ASM9, writer) {
            @Override
            public MethodVisitor visitMethod(
                    int access, String name, String descriptor, String signature, String[] exceptions) {
                var next = super.visitMethod(access, name, descriptor, signature, exceptions);
                return new RenamedCall(next, call);
            }
        });
    }

    /** The classes, of which one lacks a method. */
    static Map<String, byte[]> withoutMethod(Map<String, byte[]> classes, String owner, Member method) {
        return operate(classes, owner, writer -> new ClassVisitor(Opcodes.ASM9, writer) {
            @Override
            public MethodVisitor visitMethod(
                    int access, String name, String descriptor, String signature, String[] exceptions) {
                return new Member(name, descriptor).equals(method)
                        ? null
                        : super.visitMethod(access, name, descriptor, signature, exceptions);
            }
        });
    }

    /** The classes, of which an interface demands one method more. */
    static Map<String, byte[]> withNewAbstractMethod(Map<String, byte[]> classes, String owner, Member method) {
        return operate(classes, owner, writer -> new ClassVisitor(Opcodes.ASM9, writer) {
            @Override
            public void visitEnd() {
                int access = Opcodes.ACC_PUBLIC | Opcodes.ACC_ABSTRACT;
                super.visitMethod(access, method.name(), method.descriptor(), null, null);
                super.visitEnd();
            }
        });
    }

    /** The classes and an empty one that extends another. */
    static Map<String, byte[]> withClass(Map<String, byte[]> classes, String name, String superName) {
        var result = new TreeMap<>(classes);
        var writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, name, null, superName, null);
        writer.visitEnd();
        result.put(name, writer.toByteArray());
        return result;
    }

    private interface Operation {
        ClassVisitor on(ClassWriter writer);
    }

    private static Map<String, byte[]> operate(Map<String, byte[]> classes, String name, Operation operation) {
        var result = new TreeMap<>(classes);
        var writer = new ClassWriter(0);
        new ClassReader(classes.get(name)).accept(operation.on(writer), 0);
        result.put(name, writer.toByteArray());
        return result;
    }

    private static final class RenamedCall extends MethodVisitor {
        private final Touch.OfMethod call;

        RenamedCall(MethodVisitor next, Touch.OfMethod call) {
            super(Opcodes.ASM9, next);
            this.call = call;
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            boolean hit = owner.equals(call.owner()) && new Member(name, descriptor).equals(call.member());
            super.visitMethodInsn(opcode, owner, hit ? name + "Renamed" : name, descriptor, isInterface);
        }
    }
}
