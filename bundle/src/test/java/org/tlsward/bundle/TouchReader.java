/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.bundle;

import java.util.LinkedHashSet;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;
import org.objectweb.asm.tree.ClassNode;

/** Lists what one class touches. The remapper of ASM renames nothing here: it is the one place that walks every name in a class file. */
final class TouchReader extends ClassVisitor {
    private static final String LAMBDAS = "java/lang/invoke/LambdaMetafactory";

    private final Set<Touch> touches;

    private TouchReader(ClassVisitor next, Set<Touch> touches) {
        super(Opcodes.ASM9, next);
        this.touches = touches;
    }

    static Set<Touch> touches(byte[] classFile) {
        var touches = new LinkedHashSet<Touch>();
        var names = new Remapper() {
            @Override
            public String map(String internalName) {
                touches.add(new Touch.OfType(internalName));
                return internalName;
            }
        };
        // the node takes everything: without it the remapper would skip bodies and annotations that nobody asks for
        var remapper = new ClassRemapper(new ClassNode(), names);
        new ClassReader(classFile).accept(new TouchReader(remapper, touches), ClassReader.SKIP_DEBUG);
        return touches;
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, String signature, String[] exceptions) {
        return new Body(super.visitMethod(access, name, descriptor, signature, exceptions));
    }

    private final class Body extends MethodVisitor {
        Body(MethodVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            touches.add(new Touch.OfMethod(owner, new Member(name, descriptor), callBy(opcode, isInterface)));
            super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
            boolean isStatic = opcode == Opcodes.GETSTATIC || opcode == Opcodes.PUTSTATIC;
            touches.add(new Touch.OfField(owner, new Member(name, descriptor), isStatic));
            super.visitFieldInsn(opcode, owner, name, descriptor);
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
            if (opcode == Opcodes.NEW) {
                touches.add(new Touch.OfInstantiation(type));
            }
            super.visitTypeInsn(opcode, type);
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            touchHandle(bootstrap);
            for (Object argument : arguments) {
                touchConstant(argument);
            }
            if (bootstrap.getOwner().equals(LAMBDAS)) {
                String functionalInterface = Type.getReturnType(descriptor).getInternalName();
                String erased = ((Type) arguments[0]).getDescriptor();
                touches.add(new Touch.OfLambda(functionalInterface, new Member(name, erased)));
            }
            super.visitInvokeDynamicInsn(name, descriptor, bootstrap, arguments);
        }

        @Override
        public void visitLdcInsn(Object value) {
            touchConstant(value);
            super.visitLdcInsn(value);
        }
    }

    private static Touch.Call callBy(int opcode, boolean onInterface) {
        return switch (opcode) {
            case Opcodes.INVOKESTATIC -> onInterface ? Touch.Call.INTERFACE_STATIC : Touch.Call.STATIC;
            case Opcodes.INVOKESPECIAL -> onInterface ? Touch.Call.INTERFACE_SPECIAL : Touch.Call.SPECIAL;
            case Opcodes.INVOKEINTERFACE -> Touch.Call.INTERFACE;
            default -> Touch.Call.VIRTUAL;
        };
    }

    private void touchConstant(Object constant) {
        if (constant instanceof Handle handle) {
            touchHandle(handle);
        } else if (constant instanceof ConstantDynamic dynamic) {
            touchHandle(dynamic.getBootstrapMethod());
            for (int i = 0; i < dynamic.getBootstrapMethodArgumentCount(); i++) {
                touchConstant(dynamic.getBootstrapMethodArgument(i));
            }
        }
    }

    private void touchHandle(Handle handle) {
        var member = new Member(handle.getName(), handle.getDesc());
        switch (handle.getTag()) {
            case Opcodes.H_GETFIELD, Opcodes.H_PUTFIELD -> touches.add(
                    new Touch.OfField(handle.getOwner(), member, false));
            case Opcodes.H_GETSTATIC, Opcodes.H_PUTSTATIC -> touches.add(
                    new Touch.OfField(handle.getOwner(), member, true));
            case Opcodes.H_INVOKESTATIC -> touchMethod(handle, member, Opcodes.INVOKESTATIC);
            case Opcodes.H_INVOKEINTERFACE -> touchMethod(handle, member, Opcodes.INVOKEINTERFACE);
            case Opcodes.H_INVOKEVIRTUAL -> touchMethod(handle, member, Opcodes.INVOKEVIRTUAL);
            case Opcodes.H_INVOKESPECIAL -> touchMethod(handle, member, Opcodes.INVOKESPECIAL);
            case Opcodes.H_NEWINVOKESPECIAL -> {
                touches.add(new Touch.OfInstantiation(handle.getOwner()));
                touchMethod(handle, member, Opcodes.INVOKESPECIAL);
            }
            default -> throw new IllegalArgumentException("unknown kind of method handle: " + handle);
        }
    }

    private void touchMethod(Handle handle, Member member, int opcode) {
        touches.add(new Touch.OfMethod(handle.getOwner(), member, callBy(opcode, handle.isInterface())));
    }
}
