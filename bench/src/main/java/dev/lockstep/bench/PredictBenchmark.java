package dev.lockstep.bench;

import dev.lockstep.driver.data.preprocess.Chain;
import dev.lockstep.driver.job.Features;
import dev.lockstep.driver.job.Job;
import dev.lockstep.driver.job.JobFile;
import dev.lockstep.driver.job.ModelFile;
import dev.lockstep.driver.model.PredictionColumns;
import dev.lockstep.driver.model.Scoring;
import dev.lockstep.driver.model.TrainedModel;
import dev.lockstep.driver.model.Weights;
import dev.lockstep.losses.CrossEntropy;
import dev.lockstep.worker.Examples;
import dev.lockstep.worker.LayeredNetwork;
import dev.lockstep.worker.Network;
import dev.lockstep.worker.NetworkSpec;
import dev.lockstep.worker.Replica;
import dev.lockstep.worker.ReplicaSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Predictions for the rows of a table, beside the bare replica that is given the same examples in batches of the same
 * size, and beside {@code mapPartitions} that does nothing. One thread, by turns.
 *
 * <pre>
 *   PredictBenchmark JOB [vector|columns [ROWS [ROUNDS]]]      the network of a job file; vector, 4096, 5
 * </pre>
 */
public final class PredictBenchmark {
    private static final int BATCH = 256;
    private static final int WIDTH = 784;
    private static final int WARM_UP = 1;
    private static final int TIMES = 8;

    private PredictBenchmark() {}

    public static void main(String[] args) throws IOException {
        Job job = JobFile.read(Path.of(args[0]), List.of());
        boolean isVector = args.length < 2 || args[1].equals("vector");
        int rows = args.length > 2 ? Integer.parseInt(args[2]) : 4096;
        int rounds = args.length > 3 ? Integer.parseInt(args[3]) : 5;
        TrainedModel model = model(job, isVector);
        SparkSession spark = SparkSession.builder()
                .master("local[1]")
                .config("spark.ui.enabled", false)
                .config("spark.sql.codegen.maxFields", 2000)
                .getOrCreate();
        Dataset<Row> few = table(spark, rows, isVector).cache();
        // A table long enough that a job's start does not count.
        Dataset<Row> table = IntStream.range(1, TIMES).mapToObj(i -> few).reduce(few, Dataset::union);
        Dataset<Row> nothing = table.mapPartitions(
                (MapPartitionsFunction<Row, Row>) partition -> partition, Encoders.row(table.schema()));
        Dataset<Row> scored = new Scoring(spark, model).transform(table, PredictionColumns.vectors());
        try (Replica replica = replica(model)) {
            List<Examples> batches = batches(rows);
            List<Runnable> sides = List.of(() -> predict(replica, batches), () -> read(nothing), () -> read(scored));
            double[][] seconds = new double[sides.size()][rounds];
            for (int round = -WARM_UP; round < rounds; round++) {
                for (int turn = 0; turn < sides.size(); turn++) {
                    int side = (turn + round + WARM_UP) % sides.size();
                    long start = System.nanoTime();
                    sides.get(side).run();
                    if (round >= 0) {
                        seconds[side][round] = (System.nanoTime() - start) / 1e9;
                    }
                }
            }
            report(job.name(), TIMES * rows, seconds);
        }
        spark.stop();
    }

    private static void predict(Replica replica, List<Examples> batches) {
        for (int i = 0; i < TIMES; i++) {
            batches.forEach(replica::predict);
        }
    }

    private static void report(String name, int rows, double[][] seconds) {
        int rounds = seconds[0].length;
        double[] ratios = IntStream.range(0, rounds)
                .mapToDouble(round -> seconds[0][round] / seconds[2][round])
                .toArray();
        double[] net = IntStream.range(0, rounds)
                .mapToDouble(round -> (seconds[0][round] + seconds[1][round]) / seconds[2][round])
                .toArray();
        System.out.printf(
                Locale.ROOT,
                "%s rows/s: bare %s, nothing %s, transform %s; transform / bare %s; (bare + nothing) / transform in seconds %s%n",
                name,
                spread(speeds(rows, seconds[0]), "%.0f"),
                spread(speeds(rows, seconds[1]), "%.0f"),
                spread(speeds(rows, seconds[2]), "%.0f"),
                spread(ratios, "%.2f"),
                spread(net, "%.2f"));
    }

    private static double[] speeds(int rows, double[] seconds) {
        return Arrays.stream(seconds).map(each -> rows / each).toArray();
    }

    private static String spread(double[] values, String format) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return String.format(
                Locale.ROOT,
                format + " (" + format + " to " + format + ")",
                sorted[sorted.length / 2],
                sorted[0],
                sorted[sorted.length - 1]);
    }

    private static void read(Dataset<Row> table) {
        table.write().format("noop").mode("overwrite").save();
    }

    /** With weights that are drawn. */
    static TrainedModel model(Job job, boolean isVector) {
        Network network = new LayeredNetwork(
                new NetworkSpec(job.model().layers()), job.data().shape());
        Weights weights = Weights.zeros(network);
        Random random = new Random(1);
        for (int i = 0; i < weights.values().length; i++) {
            weights.values()[i] = (float) (random.nextGaussian() / 32);
        }
        return new TrainedModel(
                new ModelFile(
                        job.model(),
                        job.data().shape(),
                        isVector ? Features.of("features") : Features.of("x0..x" + (WIDTH - 1)),
                        List.of("label"),
                        Chain.NONE,
                        new CrossEntropy(),
                        List.of(),
                        10),
                List.of(weights));
    }

    private static Replica replica(TrainedModel model) {
        Replica replica = model.network().replica(new CrossEntropy(), new ReplicaSettings());
        replica.values().put(model.members().get(0).values());
        return replica;
    }

    private static double[] example(int row) {
        return new Random(row).doubles(WIDTH).map(x -> (float) x).toArray();
    }

    private static Dataset<Row> table(SparkSession spark, int count, boolean isVector) {
        StructType schema = new StructType().add("id", DataTypes.LongType);
        if (isVector) {
            schema = schema.add("features", SQLDataTypes.VectorType());
        } else {
            for (int i = 0; i < WIDTH; i++) {
                schema = schema.add("x" + i, DataTypes.FloatType);
            }
        }
        List<Row> rows = new ArrayList<>();
        for (long id = 0; id < count; id++) {
            double[] example = example((int) id);
            rows.add(isVector ? RowFactory.create(id, Vectors.dense(example)) : RowFactory.create(cells(id, example)));
        }
        return spark.createDataFrame(rows, schema);
    }

    private static Object[] cells(long id, double[] example) {
        Object[] cells = new Object[1 + example.length];
        cells[0] = id;
        for (int i = 0; i < example.length; i++) {
            cells[1 + i] = (float) example[i];
        }
        return cells;
    }

    private static List<Examples> batches(int rows) {
        List<Examples> batches = new ArrayList<>();
        for (int start = 0; start < rows; start += BATCH) {
            int count = Math.min(BATCH, rows - start);
            float[] features = new float[count * WIDTH];
            for (int row = 0; row < count; row++) {
                double[] example = example(start + row);
                for (int i = 0; i < WIDTH; i++) {
                    features[row * WIDTH + i] = (float) example[i];
                }
            }
            batches.add(new Examples(count, new float[][] {features}, new float[0]));
        }
        return batches;
    }
}
