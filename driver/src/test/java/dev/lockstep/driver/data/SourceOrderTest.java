package dev.lockstep.driver.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.data.preprocess.Chain;
import dev.lockstep.driver.data.rows.Selection;
import dev.lockstep.driver.data.rows.TargetSpec;
import dev.lockstep.driver.data.source.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("spark")
class SourceOrderTest {
    @TempDir
    Path folder;

    /** Large files are read first and cut into pieces, small ones are joined: the rows keep their numbers. */
    @ParameterizedTest
    @ValueSource(ints = {50, 300, 1 << 20})
    void rowsAreNumberedByFileAndPlaceHoweverTheyAreCut(int partitionBytes) throws IOException {
        int[] sizes = {3, 120, 0, 1, 300, 17};
        int next = 0;
        for (int file = 0; file < sizes.length; file++) {
            StringBuilder text = new StringBuilder("x,y\n");
            for (int i = 0; i < sizes[file]; i++, next++) {
                text.append(next).append(",0\n");
            }
            Files.writeString(folder.resolve("part-" + file + ".csv"), text);
        }
        SparkSession session = LocalSpark.session().newSession();
        session.conf().set("spark.sql.files.maxPartitionBytes", partitionBytes);
        session.conf().set("spark.sql.files.openCostInBytes", 10);
        session.conf().set("spark.sql.files.minPartitionNum", 1);
        Dataset<Row> table = session.read().option("header", true).csv(folder.toString());
        assertEquals(
                IntStream.range(0, 441).mapToObj(i -> (float) i).toList(),
                first(Loaded.rows(deal(table, /* held */ false, 3).get(0))));
    }

    @Test
    void emptyPartitionsDoNotMatter() {
        SparkSession spark = LocalSpark.session();
        JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
        JavaRDD<Row> empty = context.parallelize(List.<Row>of(), 1);
        JavaRDD<Row> five = spark.range(0, 1001, 1, 5)
                .selectExpr("cast(id as double) x", "0 y")
                .javaRDD();
        JavaRDD<Row> seven = empty.union(five).union(empty);
        assertEquals(7, seven.getNumPartitions());
        Dataset<Row> table = spark.createDataFrame(
                seven, new StructType().add("x", DataTypes.DoubleType).add("y", DataTypes.IntegerType));
        assertEquals(
                IntStream.range(0, 1001).mapToObj(i -> (float) i).toList(),
                first(Loaded.rows(deal(table, /* held */ false, 3).get(0))));
    }

    @Test
    void sidesOfTheSplitAreTheSameForAllPartitions() {
        SparkSession spark = LocalSpark.session();
        Dataset<Row> one = spark.range(0, 1001, 1, 1).selectExpr("cast(id as double) x", "0 y");
        Dataset<Row> many = spark.range(0, 1001, 1, 13).selectExpr("cast(id as double) x", "0 y");
        List<PackedData> expected = deal(one, /* held */ true, 1);
        List<PackedData> found = deal(many, /* held */ true, 8);
        assertEquals(901, expected.get(0).examples());
        assertEquals(Loaded.rows(expected.get(0)), Loaded.rows(found.get(0)));
        assertEquals(Loaded.rows(expected.get(1)), Loaded.rows(found.get(1)));
        List<Float> shuffled = first(Loaded.rows(expected.get(0)));
        assertNotEquals(shuffled.stream().sorted().toList(), shuffled);
    }

    @Test
    void theFirstBadValueIsToldByItsRowInTheFile() throws IOException {
        StringBuilder text = new StringBuilder("x,y\n");
        for (int i = 0; i < 10_000; i++) {
            text.append(i == 9_000 || i == 9_500 ? "oh" : i).append(",0\n");
        }
        Files.writeString(folder.resolve("a.csv"), text);
        SparkSession session = LocalSpark.session().newSession();
        session.conf().set("spark.sql.files.maxPartitionBytes", 5000);
        session.conf().set("spark.sql.files.minPartitionNum", 1);
        Dataset<Row> table = session.read().option("header", true).csv(folder.toString());
        String message =
                assertThrows(DataException.class, () -> deal(table, false, 1)).getMessage();
        assertTrue(message.endsWith("a.csv, row=9001, column=x, value=oh"), message);
    }

    @Test
    void aTableWithoutFilesTellsThePartition() {
        Dataset<Row> table = LocalSpark.session().range(0, 10, 1, 2).selectExpr("if(id = 7, null, id) x", "0 y");
        String message =
                assertThrows(DataException.class, () -> deal(table, false, 1)).getMessage();
        assertEquals(
                "Value must not be empty: test, partition=1, row=8, column=x, value=null. data.missing fills gaps with"
                        + " mean, median or {constant: 0}, or leaves such rows out with skip; predict and evaluate do that"
                        + " with --missing skip",
                message);
    }

    private static List<Float> first(List<List<Float>> rows) {
        return rows.stream().map(row -> row.get(0)).toList();
    }

    /** One side in the source's order; or, held, both sides, the first one shuffled. */
    private static List<PackedData> deal(Dataset<Row> table, boolean held, int workers) {
        Selection selection = new Selection(List.of(List.of("x")), List.of("y"), TargetSpec.classes(1), List.of());
        Dealer dealer = new Dealer(new DealSettings(workers, 64, 3));
        List<PackedData> sides = new ArrayList<>();
        try (NumberedRows rows = NumberedRows.read(Sources.decode(table, selection, "test"))) {
            ValidationSplit split = new ValidationSplit(rows.order().rows(), held ? 100 : 0, 3);
            Permutation permutation = held ? new Permutation(split.rows() - split.held(), 3) : null;
            sides.add(dealer.deal(rows, new RowPositions(split, false, permutation), Chain.NONE));
            if (held) {
                sides.add(dealer.deal(rows, new RowPositions(split, true, null), Chain.NONE));
            }
        }
        return sides;
    }
}
