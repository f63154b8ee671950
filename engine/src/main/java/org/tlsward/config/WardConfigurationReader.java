/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.tlsward.classes.LdapDirectory;
import org.tlsward.policy.DestinationRules;

/**
 * Reads {@code tlsward.xml}. Fails closed: a file that is missing, empty, or wrong anywhere gives no configuration at all, but one
 * {@link WardConfigurationException} with everything that is wrong.
 */
public final class WardConfigurationReader {
    private static final String FILE_NAME = "tlsward.xml";
    /** Of the form of the file; a file without one has it too. */
    private static final String VERSION = "1";

    private static final String EMPTY = "empty (expected: <tlsward> with <classes>)";

    private final FileUrls files;
    private final EnvironmentReferences references;

    /**
     * A reader that takes <code>${env:NAME}</code> from the environment of this process.
     *
     * @param urls the path of a URL of James, for example {@link JamesDirectories}
     */
    public WardConfigurationReader(Function<String, Path> urls) {
        this(urls, name -> Optional.ofNullable(System.getenv(name)));
    }

    WardConfigurationReader(Function<String, Path> urls, Function<String, Optional<String>> environment) {
        this.files = new FileUrls(urls);
        this.references = new EnvironmentReferences(environment);
    }

    /**
     * Reads a file; problems are named with their line.
     *
     * @throws WardConfigurationException if it cannot be used
     */
    public WardConfiguration read(Path file) {
        Problems problems = new Problems(String.valueOf(file.getFileName()));
        byte[] content = content(file, problems);
        if (content.length == 0) {
            problems.add(OptionalInt.empty(), "", EMPTY);
            throw problems.toException();
        }
        XmlSource source = XmlSource.parse(content, problems);
        return read(source.root(), source.lines(), problems);
    }

    /**
     * Reads a tree, as James hands it out. James makes an empty tree of a missing file, so an empty one is an error.
     *
     * @throws WardConfigurationException if it cannot be used
     */
    public WardConfiguration read(HierarchicalConfiguration<ImmutableNode> tree) {
        return read(tree.getNodeModel().getInMemoryRepresentation(), XmlSource.NO_LINES, new Problems(FILE_NAME));
    }

    private static byte[] content(Path file, Problems problems) {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            problems.add(OptionalInt.empty(), "", "missing (expected: a file at " + file.toAbsolutePath() + ")");
        } catch (IOException | SecurityException e) {
            problems.add(OptionalInt.empty(), "", "cannot be read: " + e);
        }
        throw problems.toException();
    }

    private WardConfiguration read(ImmutableNode node, Function<ImmutableNode, OptionalInt> lines, Problems problems) {
        if (node.getChildren().isEmpty() && node.getAttributes().isEmpty()) {
            problems.add(OptionalInt.empty(), "", EMPTY);
            throw problems.toException();
        }
        String rootName = Vocabulary.TLSWARD.name();
        if (node.getNodeName() != null && !node.getNodeName().equals(rootName)) {
            problems.add(
                    OptionalInt.empty(),
                    "",
                    "unexpected root element <" + node.getNodeName() + "> (expected: <" + rootName + ">)");
            throw problems.toException();
        }
        refuseNewerVersion(node, lines, problems);
        Element root = new TreeReader(lines, references, files, problems).read(node, Vocabulary.TLSWARD);
        Optional<Element> classes = root.first("classes");
        if (classes.isEmpty()) {
            root.problem("", "classes: missing (expected: <classes default=\"...\"> with the classes of recipients)");
            throw problems.toException();
        }
        WardConfiguration configuration = configuration(root, classes.get());
        problems.throwIfAny();
        return configuration;
    }

    /** Alone: what else a newer version has would only be told as misspelt. */
    private static void refuseNewerVersion(
            ImmutableNode node, Function<ImmutableNode, OptionalInt> lines, Problems problems) {
        Object version = node.getAttributes().getOrDefault("version", VERSION);
        if (!VERSION.equals(version.toString().strip())) {
            problems.add(
                    lines.apply(node),
                    "version",
                    "unsupported value \"" + version + "\" (expected: " + VERSION
                            + ", or none; a higher one is for a newer TLS Ward)");
            throw problems.toException();
        }
    }

    private static WardConfiguration configuration(Element root, Element classesElement) {
        ClassesReader.Classes classes = ClassesReader.read(classesElement);
        Optional<LdapDirectory> directory = root.first("ldap").flatMap(LdapReader::read);
        if (root.first("ldap").isEmpty()) {
            classesElement.stream("class").forEach(WardConfigurationReader::refuseGroups);
        }
        return new WardConfiguration(
                classes.rules(),
                classes.members(),
                classes.defaultClass(),
                directory,
                classes.subAddressDelimiters(),
                root.first("destinations").map(DestinationsReader::read).orElse(DestinationRules.NONE),
                root.first("dns").map(ServicesReader::dns).orElse(DnsSettings.DEFAULT),
                root.first("trust").flatMap(ServicesReader::trust),
                root.first("networks").map(ServicesReader::internal).orElse(List.of()),
                root.first("evidence").map(ServicesReader::evidence).orElse(EvidenceSettings.DEFAULT),
                root.first("tlsrpt").map(reports -> ServicesReader.reports(reports, classes.subAddressDelimiters())),
                root.first("quarantine").map(ServicesReader::quarantine).orElse(QuarantineSettings.DEFAULT));
    }

    private static void refuseGroups(Element classElement) {
        classElement.stream("members")
                .flatMap(members -> members.stream("ldap"))
                .forEach(group -> group.problem(
                        "group", "there is no directory to ask (expected: an <ldap url=\"...\"/> beside <classes>)"));
    }
}
