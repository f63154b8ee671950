/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** A line of a page, read by the command itself; stands in its package because nothing of it is public. */
public final class PageLine {
    private PageLine() {}

    /**
     * Reads a line without running it.
     *
     * @return the name of the command, as {@code tlsward config check}, and whether it runs by itself
     * @throws IllegalArgumentException with what the command would say
     */
    public static Meant parse(String... args) {
        try {
            ParseResult result = line().parseArgs(args);
            boolean help = false;
            while (result.hasSubcommand()) {
                help |= result.isUsageHelpRequested() || result.isVersionHelpRequested();
                result = result.subcommand();
            }
            help |= result.isUsageHelpRequested() || result.isVersionHelpRequested();
            boolean group = !result.commandSpec().subcommands().isEmpty();
            return new Meant(result.commandSpec().qualifiedName(), help || !group || runsAlone(result));
        } catch (ParameterException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /**
     * Reads what a sentence says of a command: names and options, perhaps without what they need.
     *
     * @throws IllegalArgumentException if there is no such command or option
     */
    public static String mention(String... words) {
        CommandLine line = line();
        for (String word : words) {
            boolean option = word.startsWith("-");
            if (!option && line.getSubcommands().containsKey(word)) {
                line = line.getSubcommands().get(word);
            } else if (option && line.getCommandSpec().findOption(word.split("=", 2)[0]) == null) {
                throw new IllegalArgumentException("unknown option \"" + word + "\" of "
                        + line.getCommandSpec().qualifiedName() + " (expected: "
                        + String.join(", ", line.getCommandSpec().optionsMap().keySet()) + ")");
            } else if (!option && !line.getSubcommands().isEmpty()) {
                throw new IllegalArgumentException("unknown command \"" + word + "\" (expected: "
                        + String.join(", ", line.getSubcommands().keySet()) + ")");
            }
        }
        return line.getCommandSpec().qualifiedName();
    }

    private static CommandLine line() {
        return TlsWard.commandLine(
                new Surroundings(Path.of("."), name -> Optional.empty(), Clock.systemUTC()), Ansi.OFF);
    }

    /** A group that does something without one of its commands says so by having arguments of its own. */
    private static boolean runsAlone(ParseResult result) {
        return result.matchedOptions().stream().anyMatch(option -> !option.usageHelp());
    }

    /**
     * What a line means.
     *
     * @param command with all names before it
     * @param complete false for a group of commands without one of them
     */
    public record Meant(String command, boolean complete) {}
}
