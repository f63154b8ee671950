/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.objectweb.asm.Opcodes;

/**
 * What somebody read in the sources of James about classes whose artifact the registry lacks. A line that begins in the first column
 * is a class, the indented ones below it are its members:
 *
 * <pre>
 * interface org.apache.james.protocols.smtp.hook.RcptHook extends org.apache.james.protocols.smtp.hook.Hook from protocols/smtp/src/main/java
 *   abstract doRcpt (Lorg/apache/...;)Lorg/apache/...;
 * </pre>
 *
 * Public is what is not said to be protected. Only what our byte code touches is listed; the link check refuses idle lines.
 */
final class SourceFacts {
    private static final Pattern CLASS_LINE = Pattern.compile(
            "(?<flags>(?:abstract |final )*)(?<kind>class|interface|enum|annotation) (?<name>\\S+)"
                    + "(?: extends (?<parents>[^ ,]+(?:, \\S+)*))?(?: implements (?<interfaces>[^ ,]+(?:, \\S+)*))? from (?<root>\\S+/src/main/(?:java|scala))");
    private static final Pattern MEMBER_LINE =
            Pattern.compile("  (?<flags>(?:protected |abstract |static |final )*)(?<name>\\S+) (?<descriptor>\\S+)");
    private static final Map<String, Integer> FLAGS = Map.of(
            "abstract", Opcodes.ACC_ABSTRACT,
            "final", Opcodes.ACC_FINAL,
            "static", Opcodes.ACC_STATIC,
            "protected", Opcodes.ACC_PROTECTED);

    private final Map<String, ClassShape> shapes = new LinkedHashMap<>();

    private SourceFacts() {}

    static SourceFacts none() {
        return new SourceFacts();
    }

    static SourceFacts read(Path file) throws IOException {
        return parse(Files.readAllLines(file));
    }

    static SourceFacts parse(List<String> lines) {
        var facts = new SourceFacts();
        ClassShape current = null;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            Matcher type = CLASS_LINE.matcher(line);
            Matcher member = MEMBER_LINE.matcher(line);
            if (type.matches()) {
                current = shapeOf(type);
                if (facts.shapes.put(current.name(), current) != null) {
                    throw new IllegalArgumentException("line " + (i + 1) + ": listed twice: " + line);
                }
            } else if (current != null && member.matches()) {
                current.members()
                        .put(
                                new Member(member.group("name"), member.group("descriptor")),
                                visible(flags(member.group("flags"))));
            } else {
                throw new IllegalArgumentException("line " + (i + 1) + ": neither a class nor a member: " + line);
            }
        }
        return facts;
    }

    Optional<ClassShape> shape(String name) {
        return Optional.ofNullable(shapes.get(name));
    }

    List<ClassShape> shapes() {
        return List.copyOf(shapes.values());
    }

    private static ClassShape shapeOf(Matcher line) {
        boolean isInterface =
                !line.group("kind").equals("class") && !line.group("kind").equals("enum");
        List<String> extended = names(line.group("parents"));
        String superName = isInterface || extended.isEmpty() ? "java/lang/Object" : extended.get(0);
        if (line.group("kind").equals("enum")) {
            superName = "java/lang/Enum";
        }
        int access = visible(flags(line.group("flags")));
        if (isInterface) {
            access |= Opcodes.ACC_INTERFACE | Opcodes.ACC_ABSTRACT;
        }
        return new ClassShape(
                line.group("name").replace('.', '/'),
                access,
                Optional.of(superName),
                isInterface ? extended : names(line.group("interfaces")),
                new LinkedHashMap<>());
    }

    private static List<String> names(String commaSeparated) {
        return commaSeparated == null
                ? List.of()
                : Arrays.stream(commaSeparated.replace('.', '/').split(", ", -1))
                        .toList();
    }

    private static int flags(String words) {
        return Arrays.stream(words.split(" ", -1))
                .filter(word -> !word.isEmpty())
                .mapToInt(FLAGS::get)
                .reduce(0, (left, right) -> left | right);
    }

    private static int visible(int access) {
        return (access & Opcodes.ACC_PROTECTED) != 0 ? access : access | Opcodes.ACC_PUBLIC;
    }
}
