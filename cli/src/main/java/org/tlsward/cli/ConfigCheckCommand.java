/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tlsward.check.ExitCode;
import org.tlsward.check.Mark;
import org.tlsward.check.Report;
import org.tlsward.check.Report.Section;
import org.tlsward.check.Report.SectionBuilder;
import org.tlsward.config.WardConfigurationException;
import org.tlsward.health.HealthProblem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Reads a configuration exactly as the server would. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Read tlsward.xml and every file that it names exactly as the server would. Print every problem at once, or what each class"
                    + " means.",
            "Nothing of a running server is touched."
        },
        footerHeading = "%nExit codes:%n",
        footer = {"   0  the server would start", "   1  it would not, or it would complain", "  64  bad usage"})
final class ConfigCheckCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigurationOption configuration;

    @Mixin
    private OutputOption output;

    ConfigCheckCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Report report = report();
        output.print(report, spec);
        return report.exit().number();
    }

    private Report report() throws IOException {
        String file = configuration.file(surroundings).toString();
        try (LoadedConfiguration loaded = LoadedConfiguration.read(
                configuration.file(surroundings), configuration.directories(surroundings), surroundings.clock())) {
            return report(file, loaded);
        } catch (WardConfigurationException e) {
            SectionBuilder section = new SectionBuilder("Problems");
            e.problems().forEach(problem -> section.row(Mark.FAIL, "", problem));
            return new Report(file + ": the server would not start", List.of(section.build()), ExitCode.PROBLEMS);
        }
    }

    private Report report(String file, LoadedConfiguration loaded) {
        List<Section> sections = new ArrayList<>();
        SectionBuilder problems = new SectionBuilder("Problems");
        Optional<String> unusable = loaded.outboundProblem(surroundings.clock());
        unusable.ifPresent(problem -> problems.row(Mark.FAIL, "outbound", problem));
        List<HealthProblem> complaints = loaded.problems();
        complaints.forEach(problem -> problems.row(
                problem.severity() == HealthProblem.Severity.UNHEALTHY ? Mark.FAIL : Mark.WARNING,
                problem.component(),
                problem.message()));
        boolean clean = unusable.isEmpty() && complaints.isEmpty();
        if (!clean) {
            sections.add(problems.build());
        }
        sections.addAll(new ConfigurationReport(
                        loaded.configuration(), surroundings.clock().instant())
                .sections());
        new CleartextLogins(configuration.directory(surroundings), surroundings.environment())
                .section()
                .ifPresent(sections::add);
        String verdict = unusable.isPresent()
                ? "the server would not start"
                : clean ? "the server would start" : "the server would start, and complain";
        return new Report(file + ": " + verdict, sections, clean ? ExitCode.CLEAN : ExitCode.PROBLEMS);
    }
}
