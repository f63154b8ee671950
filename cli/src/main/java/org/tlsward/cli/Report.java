/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a command has found out.
 *
 * @param title of the whole
 * @param sections in the order in which they are read
 * @param exit what it comes to
 */
record Report(String title, List<Section> sections, ExitCode exit) {
    Report {
        sections = List.copyOf(sections);
    }

    /** Rows that belong together. */
    record Section(String title, List<Item> items) {
        Section {
            items = List.copyOf(items);
        }
    }

    /** A part of a section. */
    sealed interface Item {}

    /**
     * One step.
     *
     * @param mark what it means
     * @param step what was looked at, one or two words
     * @param text what was seen
     * @param advice what to do
     */
    record Row(Mark mark, String step, String text, Optional<String> advice) implements Item {
        static Row of(Mark mark, String step, String text) {
            return new Row(mark, step, text, Optional.empty());
        }

        static Row of(Mark mark, String step, String text, String advice) {
            return new Row(mark, step, text, Optional.of(advice));
        }
    }

    /**
     * Lines to copy; they are never broken.
     *
     * @param name what they are
     * @param lines as they have to stand
     */
    record Block(String name, List<String> lines) implements Item {
        Block {
            lines = List.copyOf(lines);
        }
    }

    /** Collects the items of a section. */
    static final class SectionBuilder {
        private final String title;
        private final List<Item> items = new ArrayList<>();

        SectionBuilder(String title) {
            this.title = title;
        }

        SectionBuilder add(Item item) {
            items.add(item);
            return this;
        }

        SectionBuilder row(Mark mark, String step, String text) {
            return add(Row.of(mark, step, text));
        }

        SectionBuilder row(Mark mark, String step, String text, String advice) {
            return add(Row.of(mark, step, text, advice));
        }

        Section build() {
            return new Section(title, items);
        }
    }
}
