/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.classes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.DN;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.testing.StoredSamples;

/** Members of groups and lengths of lists that an earlier release has stored. */
class StoredSnapshotsTest {
    private static final Path STORED = StoredSamples.of("0.1", "tlsward");
    private static final String GROUP = "cn=medical,ou=groups,dc=klinik,dc=example";
    private static final String FILE_KIND = "tlsward-member-file 1";

    /** A member file is named by the hash of its path, which is another one on every machine. */
    private static final String SAMPLE_OF_FILE = "file-sample";

    @TempDir
    Path root;

    private Path state;

    @Test
    @EnabledIfSystemProperty(named = StoredSamples.MAKE, matches = "write")
    void make() throws Exception {
        StateDirectory stored = new StateDirectory(STORED);
        new LdapGroup(new DN(GROUP), "+", stored)
                .read(new LdapGroupReader.Content(
                        new TreeSet<>(List.of("praxis@klinik.example", "dr.a@klinik.example")), List.of()));
        stored.write(SAMPLE_OF_FILE, FILE_KIND, "path /james/conf/medical-recipients.txt\nentries 100\n");
    }

    @BeforeEach
    void copy() throws IOException {
        state = root.resolve("state");
        if (Files.exists(STORED)) {
            StoredSamples.copy(STORED, state);
        }
    }

    private LdapGroup group() throws Exception {
        return new LdapGroup(new DN(GROUP), "+", new StateDirectory(state));
    }

    private String nameOfGroup() throws Exception {
        return StateDirectory.nameOf("ldap", new DN(GROUP).toNormalizedString());
    }

    @Test
    void groupShouldBeRead() throws Exception {
        MemberSet members = group().members().orElseThrow();

        assertThat(members.size()).isEqualTo(2);
        assertThat(members.contains(new Probe(MailboxName.parse("dr.a@klinik.example", "+"))))
                .isTrue();
    }

    /** Nobody knows who is in it, so everybody may be. */
    @Test
    void groupOfANewerVersionShouldBeRefusedAndKept() throws Exception {
        Path file = state.resolve(nameOfGroup());
        StoredSamples.ofNextVersion(file, "tlsward-ldap-group 1", "tlsward-ldap-group 2");
        String newer = Files.readString(file);
        LdapGroup group = group();

        assertThat(group.members()).isEmpty();
        assertThat(file).hasContent(newer);

        group.read(new LdapGroupReader.Content(new TreeSet<>(List.of("praxis@klinik.example")), List.of()));
        assertThat(state.resolve(nameOfGroup() + ".newer")).hasContent(newer);
        assertThat(group().members()).isPresent();
    }

    @Test
    void lengthOfAListShouldBeRead() throws Exception {
        Path list = Files.writeString(root.resolve("list.txt"), "a@klinik.example\n");
        remember(list);

        assertThatThrownBy(() -> new MemberFile(list, "+", new StateDirectory(state), Clock.systemUTC()))
                .hasMessageContaining("has 1 entries, had 100");
    }

    @Test
    void lengthOfANewerVersionShouldBeKept() throws Exception {
        Path list = Files.writeString(root.resolve("list.txt"), "a@klinik.example\n");
        Path file = remember(list);
        StoredSamples.ofNextVersion(file, FILE_KIND, "tlsward-member-file 2");
        String newer = Files.readString(file);

        assertThat(new MemberFile(list, "+", new StateDirectory(state), Clock.systemUTC()).members())
                .isPresent();
        assertThat(file.resolveSibling(file.getFileName() + ".newer")).hasContent(newer);
    }

    private Path remember(Path list) throws IOException {
        String name =
                StateDirectory.nameOf("file", list.toAbsolutePath().normalize().toString());
        return Files.copy(state.resolve(SAMPLE_OF_FILE), state.resolve(name));
    }
}
