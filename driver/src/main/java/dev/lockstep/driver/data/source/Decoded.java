package dev.lockstep.driver.data.source;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.types.StructType;

/**
 * A source as numbers, not yet read.
 *
 * @param shape of one example
 * @param features names of the columns that were chosen, group by group; empty where the source has no columns
 * @param classNames in the order of the class numbers, empty unless the source names them
 * @param kept the columns that are handed on as they are
 * @param source for messages
 */
public record Decoded(
        JavaRDD<RowBlock> blocks,
        RowFormat format,
        List<Integer> shape,
        List<List<String>> features,
        List<String> classNames,
        StructType kept,
        String source) {

    /** Of a source without columns. */
    Decoded(JavaRDD<RowBlock> blocks, RowFormat format, List<Integer> shape, List<String> classNames, String source) {
        this(blocks, format, shape, List.of(), classNames, new StructType(), source);
    }

    Decoded features(List<List<String>> changed) {
        return new Decoded(blocks, format, shape, changed, classNames, kept, source);
    }
}
