/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.commons.configuration2.tree.ImmutableNode;

/** Whatever stands in a file or a tree: a configuration or a {@link WardConfigurationException}, nothing else. */
class RobustnessTest {
    private static final List<String> VALUES = List.of(
            "",
            " ",
            "general",
            "medical",
            "a b",
            "\u0130",
            "xn--",
            "..",
            "*",
            ".example",
            "mx.example",
            "a@b.example",
            "@",
            "none",
            "any",
            "may",
            "encrypt",
            "secure",
            "fingerprint",
            "never",
            "authenticated",
            "TLSv1.2",
            "TLSv1.3",
            "dsk-qualified",
            "bsi-tr-03108",
            "true",
            "false",
            "0s",
            "15m",
            "999999d",
            "2027-05-31",
            "-999999999-01-01",
            "+999999999-12-31",
            "ignore",
            "10.0.0.0/8",
            "::/0",
            "1.2.3.4:5",
            "[::1]:53",
            "[",
            "]",
            "[]",
            "file://conf/x",
            "file://",
            "file:///",
            "file://conf/\u0000",
            "file://conf/../..",
            "http://[",
            "ldap://[::1]",
            "ldaps://a.example",
            "ldap://%zz",
            "cn=a,dc=b",
            "cn=",
            "mailto:a@b.example",
            "mailto:@",
            "validate",
            "trust-ad",
            "de",
            "en",
            "${",
            "${env:SECRET}",
            "${env:",
            "$${x}",
            "\uD800",
            "\\",
            "ab".repeat(32),
            "9".repeat(400),
            ",",
            "cn=\\");

    private static final AtomicInteger ACCEPTED = new AtomicInteger();

    private static final ConfigurationDirectory DIRECTORY = new ConfigurationDirectory(temporary());

    private static Path temporary() {
        try {
            return Files.createTempDirectory("tlsward");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Property(tries = 1000)
    void randomTreeShouldGiveAConfigurationOrAListOfProblems(@ForAll Random random) {
        BaseHierarchicalConfiguration tree = new BaseHierarchicalConfiguration();
        tree.getNodeModel()
                .setRootNode(new ImmutableNode.Builder()
                        .name("tlsward")
                        .addChildren(children(Vocabulary.TLSWARD, random))
                        .create());

        Throwable thrown = catchThrowable(() -> {
            DIRECTORY.reader().read(tree);
            ACCEPTED.incrementAndGet();
        });

        assertOrderly(thrown);
    }

    @Property(tries = 500)
    void damagedFileShouldGiveAConfigurationOrAListOfProblems(@ForAll Random random) throws IOException {
        byte[] damaged = Files.readAllBytes(Path.of("..", "conf", "tlsward.xml"));
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(damaged.length);
            switch (random.nextInt(4)) {
                case 0 -> damaged[at] = (byte) random.nextInt(256);
                case 1 -> damaged = Arrays.copyOf(damaged, at + 1);
                case 2 -> damaged[at] = damaged[random.nextInt(damaged.length)];
                default -> System.arraycopy(damaged, at / 2, damaged, at / 4, at / 8);
            }
        }
        Files.write(DIRECTORY.file(), damaged);
        DIRECTORY.with("medical-recipients.txt", "");

        assertOrderly(catchThrowable(() -> DIRECTORY.reader().read(DIRECTORY.file())));
    }

    @Property(tries = 500)
    void anyTextShouldGiveAListOfProblems(@ForAll String text) throws IOException {
        Files.write(DIRECTORY.file(), text.getBytes(StandardCharsets.UTF_8));

        Throwable thrown = catchThrowable(() -> DIRECTORY.reader().read(DIRECTORY.file()));

        assertThat(thrown).isInstanceOf(WardConfigurationException.class);
    }

    @AfterContainer
    static void someTreesShouldBeGood() throws IOException {
        try (Stream<Path> paths = Files.walk(DIRECTORY.root())) {
            paths.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
        // Else the generator never gets beyond the first problem, and the property says little.
        assertThat(ACCEPTED).hasPositiveValue();
    }

    private static void assertOrderly(Throwable thrown) {
        if (thrown != null) {
            assertThat(thrown).isInstanceOf(WardConfigurationException.class);
            assertThat(((WardConfigurationException) thrown).problems()).isNotEmpty();
        }
    }

    /** Mostly what the vocabulary knows: only that gets deep into the readers. */
    private static List<ImmutableNode> children(ElementType type, Random random) {
        List<ImmutableNode> nodes = new ArrayList<>();
        for (ElementType child : type.children()) {
            boolean needed = child.name().equals("classes") || child.name().equals("class");
            int count = needed ? 1 + random.nextInt(2) / (child.repeatable() ? 1 : 2) : random.nextInt(5) / 4;
            for (int i = 0; i < count; i++) {
                nodes.add(node(child, random));
            }
        }
        if (random.nextInt(60) == 0) {
            nodes.add(new ImmutableNode.Builder()
                    .name(value(random))
                    .value(value(random))
                    .create());
        }
        Collections.shuffle(nodes, random);
        return nodes;
    }

    private static ImmutableNode node(ElementType type, Random random) {
        ImmutableNode.Builder builder =
                new ImmutableNode.Builder().name(type.name()).addChildren(children(type, random));
        for (String attribute : type.attributes().stream().sorted().toList()) {
            boolean named = attribute.equals("name") || attribute.equals("default");
            if (named || random.nextInt(4) == 0) {
                builder.addAttribute(attribute, named && random.nextInt(8) > 0 ? "general" : value(random));
            }
        }
        if (random.nextInt(60) == 0) {
            builder.addAttribute(value(random), value(random));
        }
        return (type.text() || random.nextInt(60) == 0 ? builder.value(anything(random)) : builder).create();
    }

    private static Object anything(Random random) {
        return random.nextInt(20) == 0 ? Optional.of(random.nextInt()) : value(random);
    }

    private static String value(Random random) {
        return VALUES.get(random.nextInt(VALUES.size()));
    }
}
