package dev.lockstep.driver.data.preprocess;

import dev.lockstep.driver.DataException;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.function.BinaryOperator;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * Adds up what the partitions found, in their order, by a tree of fixed shape. Spark's own tree takes what comes first,
 * and a sum of doubles depends on the order.
 */
final class OrderedSum {
    private static final int BRANCHES = 4;

    private OrderedSum() {}

    /** Travels to the tasks. */
    interface Plus<T> extends BinaryOperator<T>, Serializable {}

    /**
     * @param parts at most one for each partition
     * @param plus may change and return its first argument
     * @throws DataException if there are no parts
     */
    static <T> T of(JavaRDD<T> parts, Plus<T> plus) {
        JavaRDD<T> level = parts;
        while (level.getNumPartitions() > BRANCHES) {
            level = shortened(level, plus);
        }
        Iterator<T> sum = sum(level.collect().iterator(), plus);
        if (!sum.hasNext()) {
            throw new DataException("Preprocessing needs rows to be fitted to: rows=0");
        }
        return sum.next();
    }

    /** One partition of each four neighbours. */
    private static <T> JavaRDD<T> shortened(JavaRDD<T> parts, Plus<T> plus) {
        int partitions = (parts.getNumPartitions() + BRANCHES - 1) / BRANCHES;
        JavaRDD<Tuple2<Integer, T>> numbered = parts.mapPartitionsWithIndex(
                (index, part) -> part.hasNext()
                        ? List.of(new Tuple2<>(index, part.next())).iterator()
                        : List.<Tuple2<Integer, T>>of().iterator(),
                /* preservesPartitioning */ false);
        return JavaPairRDD.fromJavaRDD(numbered)
                .repartitionAndSortWithinPartitions(new Neighbours(partitions))
                .values()
                .mapPartitions(part -> sum(part, plus));
    }

    private static <T> Iterator<T> sum(Iterator<T> parts, Plus<T> plus) {
        if (!parts.hasNext()) {
            return List.<T>of().iterator();
        }
        T sum = parts.next();
        while (parts.hasNext()) {
            sum = plus.apply(sum, parts.next());
        }
        return List.of(sum).iterator();
    }

    /** Keeps the order: partitions 0 to 3 become the first, 4 to 7 the second. */
    private static final class Neighbours extends Partitioner {
        private final int partitions;

        Neighbours(int partitions) {
            this.partitions = partitions;
        }

        @Override
        public int numPartitions() {
            return partitions;
        }

        @Override
        public int getPartition(Object index) {
            return (Integer) index / BRANCHES;
        }
    }
}
