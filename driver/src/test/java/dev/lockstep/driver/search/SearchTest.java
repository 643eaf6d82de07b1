package dev.lockstep.driver.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.data.LocalSpark;
import dev.lockstep.driver.job.Job;
import dev.lockstep.driver.job.JobFile;
import dev.lockstep.driver.job.Source;
import dev.lockstep.driver.model.Evaluation;
import dev.lockstep.driver.model.ModelFolder;
import dev.lockstep.driver.report.Listeners;
import dev.lockstep.driver.report.RunListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trials of one job with several settings. */
@Tag("spark")
class SearchTest {
    private static final RunListener SILENT = Listeners.of();

    @TempDir
    static Path folder;

    @BeforeAll
    static void writeData() throws IOException {
        StringBuilder text = new StringBuilder("a,b,y\n");
        for (int row = 0; row < 120; row++) {
            double a = Math.sin(row);
            double b = Math.cos(3 * row);
            text.append(a + "," + b + "," + (3 * a - 2 * b) + "\n");
        }
        Files.writeString(folder.resolve("data.csv"), text);
        Files.writeString(
                folder.resolve("job.yaml"),
                """
                name: line
                data: {train: {path: data.csv}, validation: 0.25, label: y}
                model: {layers: [linear: 1]}
                loss: mse
                optimizer: {sgd: {lr: 0.1}}
                train: {epochs: 3, batch: 20, workers: 2, seed: 5}
                metrics: [r2]
                checkpoint: {every: 1 epoch}
                """);
    }

    private static Job base(String name) {
        return JobFile.read(folder.resolve("job.yaml"), List.of("output=" + folder.resolve(name)));
    }

    private static List<Candidate> candidates(Job base, String... grid) {
        List<Candidate> candidates = new ArrayList<>();
        for (Map<String, String> point :
                SearchSpace.of(List.of(grid), List.of(), 1, 1).points()) {
            List<String> settings = point.entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + entry.getValue())
                    .toList();
            Job changed = JobFile.read(folder.resolve("job.yaml"), settings);
            candidates.add(new Candidate(point, base, changed));
        }
        return candidates;
    }

    private static SearchResult search(Job base, String metric, List<Candidate> candidates, boolean resume) {
        return new Search(LocalSpark.session(), base, metric, SILENT).run(candidates, resume);
    }

    @Test
    void theBestModelIsKeptAndATrialThatDivergesIsARow() throws IOException {
        Job base = base("search");
        SearchResult result =
                search(base, "r2", candidates(base, "optimizer.sgd.lr=1e-4,0.2,1e30", "train.seed=5,6"), false);

        assertEquals(
                List.of("done", "done", "done", "done", "failed", "failed"),
                result.trials().stream().map(Trial::status).toList());
        assertEquals("0.2", result.best().settings().get("optimizer.sgd.lr"));
        assertTrue(result.best().validation().get("r2") > 0.9);
        requireKept(base, result.best());
        requireLog(result);
        requireTable(result.table());
    }

    private static void requireKept(Job base, Trial best) throws IOException {
        Path output = Path.of(base.output());
        var model = new ModelFolder(
                        new org.apache.hadoop.fs.Path(output.resolve("model").toUri()), new Configuration())
                .read();
        double r2 = new Evaluation(LocalSpark.session(), model)
                .measure(new Source(folder.resolve("data.csv").toString()))
                .figures()
                .get("r2");
        assertTrue(r2 > 0.9, "r2=" + r2);
        for (int trial = 1; trial <= 4; trial++) {
            Path own = output.resolve("trials/" + trial);
            assertTrue(Files.exists(own.resolve("metrics.jsonl")));
            assertFalse(Files.exists(own.resolve("model")));
            assertFalse(Files.exists(own.resolve("checkpoints")));
        }
        assertTrue(best.number() == 3 || best.number() == 4);
    }

    private static void requireLog(SearchResult result) throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve("search/search.jsonl"));
        assertEquals(7, lines.size());
        assertTrue(
                lines.get(0)
                        .startsWith("{\"kind\":\"trial\",\"trial\":1,\"settings\":{\"optimizer.sgd.lr\":\"1e-4\","
                                + "\"train.seed\":\"5\"},\"status\":\"done\",\"seconds\":"),
                lines.get(0));
        assertTrue(
                lines.get(4).contains("\"status\":\"failed\"") && lines.get(4).contains("not finite"), lines.get(4));
        assertEquals(
                "{\"kind\":\"end\",\"status\":\"done\",\"trials\":6,\"best\":"
                        + result.best().number() + "}",
                lines.get(6));
    }

    private static void requireTable(List<String> table) {
        assertEquals(
                List.of(
                        "trial",
                        "optimizer.sgd.lr",
                        "train.seed",
                        "validation loss",
                        "validation r2",
                        "train loss",
                        "seconds",
                        "status"),
                List.of(table.get(0).split(" {2,}")));
        assertEquals(7, table.size());
        assertTrue(table.get(1).contains("0.2") && table.get(6).contains("failed: "), String.join("\n", table));
    }

    @Test
    void trialsThatAreDoneAreTakenOver() throws IOException {
        Job base = base("resumed");
        SearchResult first = search(base, "loss", candidates(base, "optimizer.sgd.lr=0.01,0.1"), false);
        SearchResult second = search(base, "loss", candidates(base, "optimizer.sgd.lr=0.1,0.01,0.05"), true);

        assertEquals(3, second.trials().size());
        for (int i = 0; i < 2; i++) {
            assertEquals(
                    first.trials().get(i).validation(), second.trials().get(i).validation());
            assertEquals(first.trials().get(i).seconds(), second.trials().get(i).seconds(), 1e-3);
        }
        assertFalse(Files.exists(folder.resolve("resumed/trials/4")));
        assertEquals("0.1", second.best().settings().get("optimizer.sgd.lr"));
    }

    @Test
    void allTrialsHaveTheSameValidationRows() {
        Job base = base("rows");
        SearchResult result = search(
                base,
                "loss",
                candidates(base, "train.seed=1,2", "optimizer.sgd.lr=0", "init.weight=zeros", "init.bias=zeros"),
                false);
        assertEquals(
                result.trials().get(0).validation().get("loss"),
                result.trials().get(1).validation().get("loss"),
                1e-12);
    }

    @Test
    void aMetricThatIsNotMeasuredIsRefused() {
        Job base = base("metric");
        String message = assertThrows(
                        JobFileException.class, () -> new Search(LocalSpark.session(), base, "accuracy", SILENT))
                .getMessage();
        assertEquals(
                "--metric must be loss or, with validation data, one of the job's metrics: metric=accuracy, known=[loss, r2]",
                message);
    }
}
