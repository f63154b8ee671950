/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.classes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class AddressSetTest {
    @Property(tries = 200)
    void containsShouldSayWhatASetSays(
            @ForAll @Size(max = 200) List<@AlphaChars @StringLength(max = 3) String> added,
            @ForAll @Size(max = 50) List<@AlphaChars @StringLength(max = 3) String> asked) {
        AddressSet.Builder builder = new AddressSet.Builder();
        added.forEach(text -> builder.add(bytes(text)));
        AddressSet set = builder.build();
        Set<String> expected = new HashSet<>(added);
        assertThat(set.size()).isEqualTo(expected.size());
        added.forEach(text -> assertThat(contains(set, text)).isTrue());
        asked.forEach(text -> assertThat(contains(set, text)).isEqualTo(expected.contains(text)));
    }

    @Test
    void containsShouldCompareTheTextAndNotOnlyItsHash() {
        // among so many texts some have the same 32 bits of hash: birthdays
        int count = 300_000;
        AddressSet.Builder builder = new AddressSet.Builder();
        for (int i = 0; i < count; i++) {
            builder.add(bytes("member" + i));
        }
        AddressSet set = builder.build();
        assertThat(set.size()).isEqualTo(count);
        for (int i = 0; i < count; i++) {
            assertThat(contains(set, "member" + i)).isTrue();
            assertThat(contains(set, "stranger" + i)).isFalse();
        }
    }

    @Test
    void containsShouldKnowLongTexts() {
        AddressSet.Builder builder = new AddressSet.Builder();
        for (int length : new int[] {0, 127, 128, 255, 256, 70_000}) {
            builder.add(bytes("x".repeat(length)));
        }
        AddressSet set = builder.build();
        for (int length : new int[] {0, 127, 128, 255, 256, 70_000}) {
            assertThat(contains(set, "x".repeat(length))).isTrue();
            assertThat(contains(set, "x".repeat(length + 2))).isFalse();
        }
    }

    @Test
    void hashShouldBeSipHash13() {
        byte[] input = new byte[64];
        for (int i = 0; i < input.length; i++) {
            input[i] = (byte) i;
        }
        long key0 = 0x0706050403020100L;
        long key1 = 0x0f0e0d0c0b0a0908L;
        assertThat(KeyedHash.sipHash13(input, 0, 0, key0, key1)).isEqualTo(0xabac0158050fc4dcL);
    }

    private static boolean contains(AddressSet set, String text) {
        byte[] padded = bytes("<" + text + ">");
        return set.contains(new AddressSet.Key(padded, 1, padded.length - 1));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
