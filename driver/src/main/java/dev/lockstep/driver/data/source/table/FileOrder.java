package dev.lockstep.driver.data.source.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaPairRDD$;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.PartitionPruningRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/**
 * The order of Spark's partitions by the files that they read: by name, and within a file by place. Spark itself puts
 * large files first.
 */
public final class FileOrder {
    private static final long SPLIT_BYTES = 64L << 20;

    private static final Comparator<Row> BY_FILE =
            Comparator.<Row, String>comparing(head -> head.getString(1)).thenComparing(head -> head.getLong(2));

    private FileOrder() {}

    /** Gives every file, or part of a large one, a partition of its own from now on. */
    public static void alone(SparkSession session) {
        session.conf().set("spark.sql.files.maxPartitionBytes", SPLIT_BYTES);
        session.conf().set("spark.sql.files.openCostInBytes", SPLIT_BYTES);
    }

    /** The numbers of the partitions in that order, those without rows last; looks at the first row of each. */
    public static List<Integer> of(Dataset<Row> table) {
        JavaRDD<Row> places = table.selectExpr(Tables.FILE, Tables.START).javaRDD();
        int partitions = places.getNumPartitions();
        if (partitions < 2) {
            return List.of();
        }
        List<Row> heads = places.mapPartitionsWithIndex(FileOrder::head, /* preservesPartitioning */ true)
                .collect();
        List<Integer> order = new ArrayList<>(
                heads.stream().sorted(BY_FILE).map(head -> head.getInt(0)).toList());
        IntStream.range(0, partitions)
                .filter(partition -> !order.contains(partition))
                .forEach(order::add);
        return List.copyOf(order);
    }

    private static Iterator<Row> head(int partition, Iterator<Row> rows) {
        if (!rows.hasNext()) {
            return List.<Row>of().iterator();
        }
        Row first = rows.next();
        return List.of(RowFactory.create(partition, first.getString(0), first.getLong(1)))
                .iterator();
    }

    /** The same rows with their partitions in another order; an empty order leaves them. */
    public static Dataset<Row> put(Dataset<Row> rows, List<Integer> order) {
        if (order.isEmpty() || IntStream.range(0, order.size()).allMatch(i -> order.get(i) == i)) {
            return rows;
        }
        JavaRDD<Row> all = rows.javaRDD();
        if (all.getNumPartitions() != order.size()) {
            throw new IllegalStateException("Partitions must be those that were put in order: partitions="
                    + all.getNumPartitions() + ", ordered=" + order.size());
        }
        List<JavaRDD<Row>> ordered = order.stream()
                .map(partition -> PartitionPruningRDD.create(
                                all.rdd(), JavaPairRDD$.MODULE$.<Object, Object>toScalaFunction(partition::equals))
                        .toJavaRDD())
                .toList();
        JavaSparkContext context = JavaSparkContext.fromSparkContext(all.context());
        @SuppressWarnings("unchecked")
        JavaRDD<Row>[] array = ordered.toArray(JavaRDD[]::new);
        return rows.sparkSession().createDataFrame(context.union(array), rows.schema());
    }
}
