package dev.lockstep.driver.data;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.data.encoding.Vocabulary;
import dev.lockstep.driver.data.rows.BlockWords;
import dev.lockstep.driver.data.rows.RowBlock;
import dev.lockstep.driver.job.Category;
import dev.lockstep.params.Layout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaPairRDD;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/** Finds out which categories the training rows have: one pass over rows that have been read. */
final class Vocabularies {
    private static final Logger LOG = LoggerFactory.getLogger(Vocabularies.class);
    /** Values of vectors whose gradients should travel as rows. */
    private static final long LARGE = 1 << 22;

    private static final Comparator<Tuple2<String, Long>> ORDER = Comparator.<Tuple2<String, Long>>comparingLong(
                    Tuple2::_2)
            .reversed()
            .thenComparing(Tuple2::_1);

    private Vocabularies() {}

    /**
     * The words of each column, by how many rows have them, those of as many rows by their letters.
     *
     * @throws DataException for a column with too many
     */
    static List<Vocabulary> fit(NumberedRows rows, RowPositions positions) {
        List<Map.Entry<String, Category>> columns =
                List.copyOf(rows.categories().entrySet());
        int[] least =
                columns.stream().mapToInt(each -> each.getValue().minCount()).toArray();
        SourceOrder order = rows.order();
        JavaPairRDD<Tuple2<Integer, String>, Long> counts = JavaPairRDD.fromJavaRDD(rows.blocks()
                        .mapPartitionsWithIndex(
                                (partition, blocks) -> counts(blocks, partition, order, positions),
                                /* preservesPartitioning */ true))
                .reduceByKey(Long::sum)
                .filter(count -> count._2() >= least[count._1()._1()]);
        Map<Integer, Long> sizes = counts.keys().map(Tuple2::_1).countByValue();
        List<List<Tuple2<String, Long>>> words = new ArrayList<>();
        for (int column = 0; column < columns.size(); column++) {
            require(columns.get(column).getKey(), sizes.getOrDefault(column, 0L), rows.source());
            words.add(new ArrayList<>());
        }
        counts.collect().forEach(count -> words.get(count._1()._1())
                .add(new Tuple2<>(count._1()._2(), count._2())));
        List<Vocabulary> vocabularies = new ArrayList<>();
        for (List<Tuple2<String, Long>> of : words) {
            of.sort(ORDER);
            Map.Entry<String, Category> column = columns.get(vocabularies.size());
            vocabularies.add(vocabulary(column.getKey(), column.getValue(), of));
        }
        return vocabularies;
    }

    private static void require(String column, long words, String source) {
        if (words > Category.MOST) {
            throw new DataException("Column has too many values to be categories: " + source + ", column=" + column
                    + ", values=" + words + ", limit=" + Category.MOST + ". min_count leaves out rare ones.");
        }
    }

    /** Said of the column by which a network is too large. */
    private static void requireRoom(String column, int categories, int width) {
        if ((long) categories * width > Layout.MOST_VALUES) {
            throw new DataException("Categories make a network of too many parameters: column=" + column
                    + ", categories=" + categories + ", size=" + width + ", limit=" + Layout.MOST_VALUES
                    + ". data.categories: {" + column + ": {size: 16}} has narrower vectors, and min_count leaves out"
                    + " rare categories.");
        }
    }

    private static Vocabulary vocabulary(String column, Category category, List<Tuple2<String, Long>> words) {
        int width = category.width(words.size() + 1);
        requireRoom(column, words.size() + 1, width);
        if (!category.sparse() && (long) width * words.size() > LARGE) {
            LOG.warn(
                    "The gradient of many categories travels whole; data.categories: {{}: {sparse: true}} sends the rows"
                            + " that a step names alone, to an optimizer that takes them: categories={}, size={}",
                    column,
                    words.size(),
                    width);
        }
        return new Vocabulary(
                column, width, category.sparse(), words.stream().map(Tuple2::_1).toList());
    }

    /** Of a partition: how many of its training rows have a word, by column and word. */
    private static Iterator<Tuple2<Tuple2<Integer, String>, Long>> counts(
            Iterator<RowBlock> blocks, int partition, SourceOrder order, RowPositions positions) {
        Map<Tuple2<Integer, String>, Long> counts = new HashMap<>();
        RowCursor cursor = new RowCursor(blocks, partition, order, positions);
        while (cursor.advance()) {
            double[] row = cursor.features(0);
            BlockWords words = cursor.words();
            for (int column = 0; column < words.columns(); column++) {
                String word = words.word(column, (int) row[row.length - words.columns() + column]);
                if (word != null) {
                    counts.merge(new Tuple2<>(column, word), 1L, Long::sum);
                }
            }
        }
        return counts.entrySet().stream()
                .map(count -> new Tuple2<>(count.getKey(), count.getValue()))
                .iterator();
    }
}
