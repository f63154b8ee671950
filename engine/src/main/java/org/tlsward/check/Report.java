/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a check has found out.
 *
 * @param title of the whole
 * @param sections in the order in which they are read
 * @param exit what it comes to
 */
public record Report(String title, List<Section> sections, ExitCode exit) {
    /** Copies its arguments. */
    public Report {
        sections = List.copyOf(sections);
    }

    /**
     * Rows that belong together.
     *
     * @param title of the section
     * @param items rows and blocks, in the order in which they are read
     */
    public record Section(String title, List<Item> items) {
        /** Copies its arguments. */
        public Section {
            items = List.copyOf(items);
        }
    }

    /** A part of a section. */
    public sealed interface Item {}

    /**
     * One step.
     *
     * @param mark what it means
     * @param step what was looked at, one or two words
     * @param text what was seen
     * @param advice what to do
     */
    public record Row(Mark mark, String step, String text, Optional<String> advice) implements Item {
        /** Without advice. */
        public static Row of(Mark mark, String step, String text) {
            return new Row(mark, step, text, Optional.empty());
        }

        /** With advice. */
        public static Row of(Mark mark, String step, String text, String advice) {
            return new Row(mark, step, text, Optional.of(advice));
        }
    }

    /**
     * Lines to copy; they are never broken.
     *
     * @param name what they are
     * @param lines as they have to stand
     */
    public record Block(String name, List<String> lines) implements Item {
        /** Copies its arguments. */
        public Block {
            lines = List.copyOf(lines);
        }
    }

    /** Collects the items of a section. */
    public static final class SectionBuilder {
        private final String title;
        private final List<Item> items = new ArrayList<>();

        /** Begins a section. */
        public SectionBuilder(String title) {
            this.title = title;
        }

        /** Adds a part. */
        public SectionBuilder add(Item item) {
            items.add(item);
            return this;
        }

        /** Adds a row without advice. */
        public SectionBuilder row(Mark mark, String step, String text) {
            return add(Row.of(mark, step, text));
        }

        /** Adds a row with advice. */
        public SectionBuilder row(Mark mark, String step, String text, String advice) {
            return add(Row.of(mark, step, text, advice));
        }

        /** The section. */
        public Section build() {
            return new Section(title, items);
        }
    }
}
