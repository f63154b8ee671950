/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.bundle;

import java.util.SortedSet;
import java.util.TreeSet;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** The string constants of a class, wherever the relocation might rewrite one by mistake. */
final class StringReader {
    private final SortedSet<String> strings = new TreeSet<>();

    private StringReader() {}

    static SortedSet<String> strings(byte[] classFile) {
        var reader = new StringReader();
        var node = new ClassNode(Opcodes.ASM9);
        new ClassReader(classFile).accept(node, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        node.fields.forEach(field -> reader.add(field.value));
        node.methods.forEach(reader::addFrom);
        reader.addFrom(node.visibleAnnotations);
        return reader.strings;
    }

    private void addFrom(MethodNode method) {
        method.instructions.forEach(instruction -> {
            if (instruction instanceof LdcInsnNode load) {
                add(load.cst);
            } else if (instruction instanceof InvokeDynamicInsnNode dynamic) {
                for (Object argument : dynamic.bsmArgs) {
                    add(argument); // recipes of string concatenation
                }
            }
        });
        addFrom(method.visibleAnnotations);
    }

    private void addFrom(java.util.List<AnnotationNode> annotations) {
        if (annotations != null) {
            annotations.stream()
                    .filter(annotation -> annotation.values != null)
                    .forEach(annotation -> annotation.values.forEach(this::add));
        }
    }

    private void add(Object constant) {
        if (constant instanceof String string) {
            strings.add(string);
        }
    }
}
