package dev.lockstep.bench;

import dev.lockstep.driver.job.Job;
import dev.lockstep.driver.job.JobFile;
import dev.lockstep.driver.model.ModelFolder;
import dev.lockstep.driver.model.Predictor;
import dev.lockstep.driver.model.TrainedModel;
import dev.lockstep.losses.CrossEntropy;
import dev.lockstep.worker.Examples;
import dev.lockstep.worker.Replica;
import dev.lockstep.worker.ReplicaSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;

/**
 * How long a {@link Predictor} takes for one example and for 32, beside the bare replica; one thread, call by call by
 * turns.
 *
 * <pre>
 *   LatencyBenchmark JOB [CALLS]      the network of a job file; 5000
 * </pre>
 */
public final class LatencyBenchmark {
    private static final int WIDTH = 784;
    private static final int[] SIZES = {1, 32};

    private LatencyBenchmark() {}

    public static void main(String[] args) throws IOException {
        Job job = JobFile.read(Path.of(args[0]), List.of());
        int calls = args.length > 1 ? Integer.parseInt(args[1]) : 5000;
        TrainedModel model = PredictBenchmark.model(job, /* isVector */ true);
        Path folder = Files.createTempDirectory("lockstep-latency").resolve("model");
        new ModelFolder(new org.apache.hadoop.fs.Path(folder.toUri()), new Configuration()).write(model);
        try (Predictor predictor = Predictor.load(folder);
                Replica replica = model.network().replica(new CrossEntropy(), new ReplicaSettings())) {
            replica.values().put(model.members().get(0).values());
            for (int size : SIZES) {
                measure(job.name(), predictor, replica, size, calls);
            }
        }
    }

    private static void measure(String name, Predictor predictor, Replica replica, int size, int calls) {
        Random random = new Random(size);
        double[][] rows = new double[size][];
        Arrays.setAll(rows, row -> random.doubles(WIDTH).toArray());
        float[] numbers = new float[size * WIDTH];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) rows[i / WIDTH][i % WIDTH];
        }
        Examples examples = new Examples(size, new float[][] {numbers}, new float[0]);
        double[] served = new double[calls];
        double[] bare = new double[calls];
        double kept = 0;
        for (int call = -calls / 2; call < calls; call++) {
            long start = System.nanoTime();
            kept += predictor.predict(rows)[0][0];
            long middle = System.nanoTime();
            kept += replica.predict(examples).data()[0];
            long end = System.nanoTime();
            if (call >= 0) {
                served[call] = (middle - start) / 1e3;
                bare[call] = (end - middle) / 1e3;
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%s, %d at once, microseconds: predictor p50 %.0f p99 %.0f; bare p50 %.0f p99 %.0f (%.1f)%n",
                name,
                size,
                quantile(served, 0.5),
                quantile(served, 0.99),
                quantile(bare, 0.5),
                quantile(bare, 0.99),
                kept);
    }

    private static double quantile(double[] values, double share) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) (share * (sorted.length - 1))];
    }
}
