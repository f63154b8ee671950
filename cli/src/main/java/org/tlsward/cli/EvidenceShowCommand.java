/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tlsward.check.ExitCode;
import org.tlsward.check.Mark;
import org.tlsward.check.Report;
import org.tlsward.check.Report.Section;
import org.tlsward.check.Report.SectionBuilder;
import org.tlsward.evidence.EvidenceEntry;
import org.tlsward.evidence.EvidenceRecord;
import org.tlsward.explain.Language;
import org.tlsward.proof.EvidenceArchive;
import org.tlsward.proof.MailQuestion;
import org.tlsward.proof.MailStories;
import org.tlsward.proof.MailStory;
import org.tlsward.proof.StoryTeller;
import org.tlsward.proof.StoryView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tells how mails travelled. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Tell the story of each mail: what was tried, what was seen, why it was withheld, who released it, how it went.",
            "Reads the files of a running server too; whether they are sound, \"tlsward evidence verify\" tells."
        },
        footerHeading = "%nExit codes:%n",
        footer = {
            "   0  told",
            "   1  there is no such mail",
            "   2  lines cannot be read, or addresses are hidden",
            "  64  bad usage"
        })
final class EvidenceShowCommand implements Callable<Integer> {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String USUAL = "7d";

    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Option(names = "--recipient", paramLabel = "ADDRESS", description = "Mails for that recipient, told for that one.")
    private Optional<String> recipient = Optional.empty();

    @Option(names = "--message-id", paramLabel = "ID", description = "The mail with that Message-ID.")
    private Optional<String> messageId = Optional.empty();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Begin at a date, or so long ago: 2026-11-22, 7d (default), 12h.")
    private Optional<String> since = Optional.empty();

    @Option(names = "--limit", paramLabel = "N", description = "At most so many mails, the latest (default: 100).")
    private int limit = 100;

    @Mixin
    private LanguageOption language;

    @Mixin
    private ArchiveOption evidence;

    @Option(names = "--json", description = "Print JSON, for programs.")
    private boolean json;

    EvidenceShowCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        if (limit < 1) {
            throw new UsageException("unsupported limit \"" + limit + "\" (expected: a number from 1 on)");
        }
        Instant from = from();
        List<EvidenceArchive> archives = evidence.archives(surroundings);
        MailStories stories =
                new MailStories(new MailQuestion(recipient, messageId, evidence.addresses(surroundings)), from);
        EvidenceArchive.Reading reading = EvidenceArchive.read(
                ArchiveOption.files(archives, from, spec.commandLine().getErr()), stories);
        List<MailStory> found = stories.latest(limit);
        print(found, stories.hasMoreThan(limit));
        complain(stories, reading);
        return exit(found, stories, reading).number();
    }

    /** Who names a mail wants all of it. */
    private Instant from() {
        return since.isEmpty() && messageId.isPresent()
                ? Instant.EPOCH
                : ArchiveOption.since(since.orElse(USUAL), surroundings);
    }

    private static ExitCode exit(List<MailStory> found, MailStories stories, EvidenceArchive.Reading reading) {
        if (reading.unreadable() > 0 || stories.someAreHidden()) {
            return ExitCode.COULD_NOT_TELL;
        }
        return found.isEmpty() ? ExitCode.PROBLEMS : ExitCode.CLEAN;
    }

    private void complain(MailStories stories, EvidenceArchive.Reading reading) {
        ArchiveOption.isReadable(reading.unreadable(), spec.commandLine().getErr());
        if (stories.someAreHidden()) {
            spec.commandLine()
                    .getErr()
                    .println("Addresses are hidden in this evidence (hmac:): please name their key with --address-key");
        }
    }

    private void print(List<MailStory> found, boolean more) {
        Ansi ansi = spec.commandLine().getColorScheme().ansi();
        ReportPrinter printer = new ReportPrinter(spec.commandLine().getOut(), ansi);
        Language told = language.language();
        if (json) {
            StoryView view = new StoryView(told);
            printer.json(Map.of("mails", found.stream().map(view::of).toList(), "more", more));
            return;
        }
        List<Section> sections = new ArrayList<>();
        StoryTeller teller = new StoryTeller(told);
        boolean several = found.stream()
                        .flatMap(story -> story.chapters().stream())
                        .map(chapter -> chapter.place().node())
                        .distinct()
                        .count()
                > 1;
        found.forEach(story -> sections.add(section(story, teller, several)));
        String title = found.size() == 1 ? "1 mail" : found.size() + " mails";
        printer.text(new Report(more ? title + ", the latest of more" : title, sections, ExitCode.CLEAN));
    }

    /** With the name of the server on each line, if there are several. */
    private static Section section(MailStory story, StoryTeller teller, boolean several) {
        String sender = story.sender().isEmpty() ? "<>" : story.sender();
        EvidenceEntry first = story.chapters().get(0).entry();
        SectionBuilder section = new SectionBuilder(story.messageId().orElse("(no Message-ID)") + " from " + sender
                + ", " + first.time().toString().substring(0, 10) + " (UTC)");
        List<String> told = teller.tell(story);
        for (int i = 0; i < told.size(); i++) {
            MailStory.Chapter chapter = story.chapters().get(i);
            section.row(
                    mark(chapter.entry()),
                    TIME.format(chapter.entry().time())
                            + (several ? " " + chapter.place().node() : ""),
                    told.get(i));
        }
        if (!story.complete()) {
            section.row(Mark.WARNING, "", "There are more lines about this mail.");
        }
        return section.build();
    }

    private static Mark mark(EvidenceEntry entry) {
        if (!(entry instanceof EvidenceRecord record)) {
            return Mark.INFO;
        }
        boolean exposed = record.result().traffic().inCleartext() > 0;
        return switch (record.result().outcome()) {
            case DELIVERED, ACCEPTED -> record.tls().isPresent() && !exposed ? Mark.OK : Mark.WARNING;
            case DEFERRED -> Mark.INFO;
            case WITHHELD, REJECTED, REFUSED -> Mark.FAIL;
        };
    }
}
