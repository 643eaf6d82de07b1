package dev.lockstep.driver.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockstep.driver.data.encoding.Missing;
import dev.lockstep.driver.data.preprocess.Standardize;
import dev.lockstep.driver.data.preprocess.ZcaWhiten;
import dev.lockstep.losses.CrossEntropy;
import dev.lockstep.optim.Sgd;
import dev.lockstep.optim.schedule.CosineAnnealing;
import dev.lockstep.optim.schedule.Per;
import dev.lockstep.optim.schedule.Warmup;
import dev.lockstep.optim.update.ClipNorm;
import dev.lockstep.optim.update.NonFinite;
import dev.lockstep.params.compress.NoCompression;
import dev.lockstep.params.compress.TopK;
import dev.lockstep.worker.Device;
import dev.lockstep.worker.Precision;
import dev.lockstep.worker.layer.Flatten;
import dev.lockstep.worker.layer.Linear;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobFileTest {
    private static final String SMALL =
            """
            data: {train: digits.csv, label: label, features: x0..x63}
            model: {layers: [linear: 10]}
            loss: cross_entropy
            optimizer: {sgd: 0.1}
            train: {epochs: 1, batch: 8}
            """;

    @TempDir
    Path folder;

    private Job read(String text, String... settings) throws Exception {
        Path file = folder.resolve("small.yaml");
        Files.writeString(file, text);
        return JobFile.read(file, List.of(settings));
    }

    @Test
    void whatIsNotSaidHasADefault() throws Exception {
        Job built = Job.of(
                new Data(new Source("digits.csv")).label("label").features("x0..x63"),
                Model.layers(new Linear(10)),
                new CrossEntropy(),
                new Sgd(0.1),
                new Train(1, 8));
        Job job = read(SMALL);

        assertEquals(built.name("small").output("runs/small"), job);
        assertEquals(
                new Train(
                        1,
                        8,
                        1,
                        0,
                        false,
                        null,
                        null,
                        Device.CPU,
                        Precision.FLOAT32,
                        null,
                        Consistency.SYNC,
                        new NoCompression(),
                        NonFinite.STOP,
                        null),
                job.train());
    }

    @Test
    void whatIsDrawnHasItsPlaceBesideTheJobFileFromTheStart() throws Exception {
        Job job = read(SMALL.replace("digits.csv", "{path: data/digits, format: digits}"));

        assertEquals("file:" + folder.resolve("data/digits"), job.data().train().path());
    }

    @Test
    void everyKeyReachesTheJob() throws Exception {
        Job job = read(
                """
                name: all
                data:
                  train: {path: "hdfs://a/b", format: csv, options: {header: true, sep: ";"}}
                  validation: {fraction: 0.25}
                  features: [[a, b0..b3], [c]]
                  categories: {city: auto, "c0..c3": {size: 4, min_count: 2, sparse: true}}
                  label: [y0..y2, z]
                  weight: w
                  missing: {median: {indicator: true}}
                  shape: [1, 8, 8]
                  preprocess: [standardize, zca_whiten: 1e-3]
                  shuffle: no
                model: {layers: [flatten, linear: {out: 3, bias: false}, linear: 4]}
                init: {weight: kaiming_normal, bias: zeros, "1.*": {constant: 0.5}, 2: {weight: ones}}
                loss: mse
                regularization: {l2: 1e-4}
                optimizer:
                  sgd: {lr: 0.1, momentum: 0.9}
                  groups: {"*.bias": {lr: 0.2}, "1.*": {momentum: 0}}
                schedule: {warmup: {total_iters: 5, then: {cosine_annealing: 20}}}
                clip: {norm: 1.0}
                train: {epochs: 3, batch: 5, workers: 2, seed: 7, drop_last: true, threads: 4, shards: 3, device: cuda, precision: float32,
                        consistency: sync, compression: {top_k: {ratio: 0.05}}, non_finite: skip, early_stopping: {metric: loss, patience: 5}}
                checkpoint: {dir: here, every: 100 steps, keep: 2}
                output: there
                """
                        .replace("[[a, b0..b3], [c]]", "[a, b0..b3]"));

        assertEquals("all", job.name());
        assertEquals(
                new Data(
                        new Source("hdfs://a/b", "csv", Map.of("header", "true", "sep", ";")),
                        Validation.fraction(0.25),
                        Features.of("a", "b0..b3"),
                        Categories.NONE.and("city", new Category()).and("c0..c3", new Category(4, 2, true)),
                        List.of("y0..y2", "z"),
                        "w",
                        null,
                        new Missing.Median(true),
                        List.of(1, 8, 8),
                        List.of(new Standardize(), new ZcaWhiten(1e-3, 0)),
                        false),
                job.data());
        assertEquals(Model.layers(new Flatten(), new Linear(3, false), new Linear(4)), job.model());
        assertEquals(
                List.of("weight", "bias", "1.*", "2.weight"),
                List.copyOf(job.init().rules().keySet()));
        assertEquals(1e-4, job.regularization().l2());
        assertEquals(
                new Optimization(new Sgd(0.1, 0.9, 0, 0, false, false))
                        .group("*.bias", new Sgd(0.2, 0.9, 0, 0, false, false))
                        .group("1.*", new Sgd(0.1)),
                job.optimizer());
        assertEquals(new Warmup(5, 1.0 / 3, new CosineAnnealing(20), Per.STEP), job.schedule());
        assertEquals(new ClipNorm(1.0), job.clip());
        assertEquals(
                new Train(
                        3,
                        5,
                        2,
                        7,
                        true,
                        4,
                        3,
                        Device.CUDA,
                        Precision.FLOAT32,
                        null,
                        Consistency.SYNC,
                        new TopK(0.05),
                        NonFinite.SKIP,
                        new EarlyStopping(5)),
                job.train());
        assertEquals(new Checkpoint("here", new Every(100, IntervalUnit.STEP), 2), job.checkpoint());
        assertEquals("there", job.output());
    }

    @Test
    void anOverrideCountsBeforeTheFile() throws Exception {
        Job job = read(
                SMALL, "train.workers=4", "optimizer={sgd: {lr: 1e-2}}", "model.layers[0].linear=7", "train.workers=5");
        assertEquals(5, job.train().workers());
        assertEquals(new Sgd(0.01), job.optimizer().optimizer());
        assertEquals(List.of(new Linear(7)), job.model().layers());
    }
}
