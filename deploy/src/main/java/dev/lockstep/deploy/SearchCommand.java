package dev.lockstep.deploy;

import dev.lockstep.driver.ExitCode;
import dev.lockstep.driver.TrainingException;
import dev.lockstep.driver.job.Job;
import dev.lockstep.driver.job.JobFile;
import dev.lockstep.driver.report.ProgressLine;
import dev.lockstep.driver.search.Candidate;
import dev.lockstep.driver.search.Search;
import dev.lockstep.driver.search.SearchResult;
import dev.lockstep.driver.search.SearchSpace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code lockstep search}: a job file's run with many settings, one after another, and a table of what came of them.
 */
@Command(name = "search", description = "Train with many settings and keep the best model.")
final class SearchCommand implements Callable<Integer> {
    @Parameters(paramLabel = "JOB", description = "The job file.")
    private Path file;

    @Mixin
    private MasterOption master;

    @Option(
            names = "--grid",
            paramLabel = "KEY=V1,V2",
            description = "Try each of these values, as optimizer.adam.lr=1e-2,1e-3. Of several, every combination.")
    private List<String> grid = List.of();

    @Option(
            names = "--random",
            paramLabel = "KEY=LOW..HIGH",
            description = "Draw a value for each trial: from LOW..HIGH, log:LOW..HIGH, or V1,V2,... May be repeated.")
    private List<String> random = List.of();

    @Option(
            names = "--trials",
            paramLabel = "N",
            defaultValue = "10",
            description = "Draws with --random, for each point of the grid. Default: 10.")
    private int trials;

    @Option(
            names = "--metric",
            paramLabel = "NAME",
            defaultValue = "loss",
            description =
                    "What says which is best: loss or one of the job's metrics, on the validation data. Default: loss.")
    private String metric;

    @Mixin
    private SettingsOption settings;

    @Option(names = "--resume", description = "Take over the trials that an earlier search has finished.")
    private boolean resume;

    @Override
    public Integer call() {
        Job base = JobFile.read(file, settings.values());
        SearchSpace space = SearchSpace.of(grid, random, trials, base.train().seed());
        List<Candidate> candidates = candidates(base, space);
        int workers = candidates.stream()
                .mapToInt(candidate -> candidate.changed().train().workers())
                .max()
                .orElseThrow();
        try (OpenSession session = Sessions.open(base.name(), master.value(), workers)) {
            SparkSession spark = session.spark();
            StartExamination.say(spark, base);
            Search search = new Search(spark, base, metric, ProgressLine.onTerminal());
            Interruption.goesTo(search::stop);
            return shown(search.run(candidates, resume), base.output()).code();
        }
    }

    /** All of them are read before the first is made, so that a wrong key ends the search at once. */
    private List<Candidate> candidates(Job base, SearchSpace space) {
        List<Candidate> candidates = new ArrayList<>();
        for (Map<String, String> point : space.points()) {
            List<String> all = new ArrayList<>(settings.values());
            point.forEach((key, value) -> all.add(key + "=" + value));
            candidates.add(new Candidate(point, base, JobFile.read(file, all)));
        }
        return candidates;
    }

    private static ExitCode shown(SearchResult result, String output) {
        System.out.println();
        result.table().forEach(System.out::println);
        if (result.interrupted()) {
            return ExitCode.INTERRUPTED;
        }
        if (result.best() == null) {
            throw new TrainingException(
                    "No trial has given a model: trials=" + result.trials().size(), null);
        }
        System.out.println("model: " + output + "/model");
        return ExitCode.DONE;
    }
}
