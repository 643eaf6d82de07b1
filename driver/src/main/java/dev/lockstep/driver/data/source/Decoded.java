package dev.lockstep.driver.data.source;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/**
 * A source as numbers, not yet read.
 *
 * @param shape of one example
 * @param classNames in the order of the class numbers, empty unless the source names them
 * @param source for messages
 */
public record Decoded(
        JavaRDD<RowBlock> blocks, RowFormat format, List<Integer> shape, List<String> classNames, String source) {}
