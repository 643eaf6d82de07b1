package dev.lockstep.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Lockstep's estimators beside MLlib's on small tables: the mean of accuracy or RMSE over five folds, which are the
 * same for all, with spark.ml's CrossValidator. Of MLlib's side the best of a small grid counts, of Lockstep's one
 * setting.
 *
 * <pre>
 *   TablesBenchmark FOLDER [TABLE...]
 * </pre>
 */
public final class TablesBenchmark {
    private static final int FOLDS = 5;
    private static final long SEED = 11;

    private TablesBenchmark() {}

    public static void main(String[] args) {
        SparkSession spark = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", false)
                .config("spark.sql.shuffle.partitions", 2)
                .getOrCreate();
        List<String> wanted = Arrays.asList(args).subList(1, args.length);
        System.out.println("| table | estimator | " + FOLDS + " folds | s a fit |");
        System.out.println("|---|---|---|---|");
        for (TableContest contest : TableContest.all()) {
            if (wanted.isEmpty() || wanted.contains(contest.table())) {
                Dataset<Row> rows = rows(spark, Path.of(args[0], contest.table() + ".csv"));
                contest.sides().forEach(side -> run(contest, side, rows));
                rows.unpersist();
            }
        }
        spark.stop();
    }

    private static void run(TableContest contest, TableContest.Side side, Dataset<Row> rows) {
        Evaluator evaluator = contest.evaluator();
        CrossValidator validator = new CrossValidator()
                .setEstimator(side.estimator())
                .setEstimatorParamMaps(side.grid())
                .setEvaluator(evaluator)
                .setNumFolds(FOLDS)
                .setFoldCol("fold");
        long startNs = System.nanoTime();
        double[] means = validator.fit(rows).avgMetrics();
        // All of the grid on each fold, and the best of it on all rows.
        double seconds = (System.nanoTime() - startNs) / 1e9 / (FOLDS * side.grid().length + 1);
        double best = evaluator.isLargerBetter()
                ? Arrays.stream(means).max().orElseThrow()
                : Arrays.stream(means).min().orElseThrow();
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %s %.4f | %.2f |%n",
                contest.table(),
                side.name(),
                contest.metric(),
                best,
                seconds);
    }

    /** {@code features, label, fold}, with folds of the same size that are drawn once. */
    private static Dataset<Row> rows(SparkSession spark, Path file) {
        Dataset<Row> table =
                spark.read().option("header", true).option("inferSchema", true).csv(file.toString());
        String[] features = Arrays.stream(table.columns())
                .filter(column -> !column.equals("label"))
                .toArray(String[]::new);
        List<Row> read = new VectorAssembler()
                .setInputCols(features)
                .setOutputCol("features")
                .transform(table)
                .selectExpr("features", "cast(label as double) as label")
                .collectAsList();
        List<Integer> folds = new ArrayList<>();
        for (int row = 0; row < read.size(); row++) {
            folds.add(row % FOLDS);
        }
        Collections.shuffle(folds, new Random(SEED));
        List<Row> folded = new ArrayList<>();
        for (int row = 0; row < read.size(); row++) {
            folded.add(RowFactory.create(read.get(row).get(0), read.get(row).get(1), folds.get(row)));
        }
        StructType schema = new StructType()
                .add("features", SQLDataTypes.VectorType())
                .add("label", DataTypes.DoubleType)
                .add("fold", DataTypes.IntegerType);
        Dataset<Row> rows = spark.createDataFrame(folded, schema).repartition(2).cache();
        rows.count();
        return rows;
    }
}
