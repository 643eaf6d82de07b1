package dev.lockstep.driver.data.rows;

import dev.lockstep.driver.data.encoding.Encoding;
import dev.lockstep.driver.job.Category;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;

/**
 * A source as numbers, not yet read.
 *
 * @param shape of one example, its categories left out
 * @param features names of the columns that were chosen, group by group; empty where the source has no columns
 * @param categories settings by column, in order, where the words are still to be found; see {@link RowBlock#words}
 * @param encoding how cells were read; the classes have names if the source or the selection gave them some
 * @param label where labels that may be names stand; null where there are none such
 * @param source for messages
 */
public record Decoded(
        JavaRDD<RowBlock> blocks,
        RowFormat format,
        List<Integer> shape,
        List<List<String>> features,
        Map<String, Category> categories,
        Encoding encoding,
        LabelColumn label,
        String source) {

    /** Of a source without columns. */
    public Decoded(JavaRDD<RowBlock> blocks, RowFormat format, List<Integer> shape, Encoding encoding, String source) {
        this(blocks, format, shape, List.of(), Map.of(), encoding, null, source);
    }

    public Decoded features(List<List<String>> changed) {
        return new Decoded(blocks, format, shape, changed, categories, encoding, label, source);
    }
}
