/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.documentation;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Every text constant of James and of ours. A key that nobody reads stands in no class; a key that is read stands in one.
 *
 * @param whole constants as they are
 * @param words the words in them
 * @param webAdmin those of the modules that bring routes
 */
record JamesWords(Set<String> whole, Set<String> words, Set<String> webAdmin) {
    private static final Pattern WORD = Pattern.compile("[^A-Za-z0-9_-]+");
    private static final Predicate<String> OF_JAMES = Pattern.compile(
                    "(james-|apache-mailet|apache-james|protocols-|metrics-|event-|blob-|mailets|tlsward|queue-|dropwizard).*")
            .asMatchPredicate();

    private static final class Loaded {
        static final JamesWords ALL = load();
    }

    static JamesWords all() {
        return Loaded.ALL;
    }

    private static JamesWords load() {
        Set<String> whole = new HashSet<>();
        Set<String> webAdmin = new HashSet<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            try {
                if (Files.isDirectory(path)) {
                    folder(path, whole);
                } else if (OF_JAMES.test(String.valueOf(path.getFileName()))) {
                    jar(path, entry.contains("webadmin") ? webAdmin : whole);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        whole.addAll(webAdmin);
        Set<String> words = new HashSet<>();
        whole.forEach(some -> words.addAll(Arrays.asList(WORD.split(some))));
        return new JamesWords(whole, words, webAdmin);
    }

    private static void folder(Path folder, Set<String> whole) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(JamesWords::isProduct).toList()) {
                try (InputStream in = Files.newInputStream(file)) {
                    constants(in, whole);
                }
            }
        }
    }

    /** Not the tests of this module, which would prove themselves. */
    private static boolean isProduct(Path file) {
        return file.toString().endsWith(".class") && !file.toString().contains("test-classes");
    }

    private static void jar(Path file, Set<String> whole) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                if (entry.getName().endsWith(".class")) {
                    try (InputStream in = zip.getInputStream(entry)) {
                        constants(in, whole);
                    }
                }
            }
        }
    }

    /** The constant pool (JVMS §4.4): only the texts are of interest. */
    private static void constants(InputStream stream, Set<String> whole) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(stream));
        in.readLong();
        int count = in.readUnsignedShort();
        for (int i = 1; i < count; i++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1 -> whole.add(new String(in.readNBytes(in.readUnsignedShort()), StandardCharsets.UTF_8));
                case 5, 6 -> {
                    in.readLong();
                    i++;
                }
                case 7, 8, 16, 19, 20 -> in.readUnsignedShort();
                case 15 -> in.readNBytes(3);
                default -> in.readInt();
            }
        }
    }
}
