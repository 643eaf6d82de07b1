package dev.lockstep.driver.data.rows;

import dev.lockstep.driver.data.encoding.ClassNames;
import dev.lockstep.driver.data.encoding.LabelForm;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/** The one column of a table that holds its label, where labels may be names: finds out which there are. */
public final class LabelColumn {
    private static final Logger LOG = LoggerFactory.getLogger(LabelColumn.class);
    /** Up to so many need not be asked whether every other row has one of its own. */
    private static final int FEW = 100;

    private final String name;
    private final DataType type;
    private final JavaRDD<Object> cells;
    private final String source;

    /** @param cells as they stand there, without gaps; not yet read */
    public LabelColumn(String name, DataType type, JavaRDD<Object> cells, String source) {
        this.name = name;
        this.type = type;
        this.cells = cells;
        this.source = source;
    }

    /** Whether labels are none that could be read as numbers; looks at one row where the type does not say it. */
    public boolean isNamed() {
        if (type instanceof NumericType) {
            return false;
        }
        if (type instanceof BooleanType) {
            return true;
        }
        List<Object> first = cells.take(1);
        return !first.isEmpty() && !LabelForm.isNumber(LabelForm.text(first.get(0)));
    }

    /**
     * The labels that are there and that the loss does not leave out, in order; where they are too many, only some. A
     * pass over the column, unless it holds truth values.
     */
    public ClassNames classes(TargetSpec targets) {
        if (type instanceof BooleanType) {
            return new ClassNames(List.of("false", "true"), type.simpleString());
        }
        int most = targets.mostNames();
        List<Tuple2<String, Long>> counts = JavaPairRDD.fromJavaRDD(cells.filter(cell -> !targets.ignores(cell))
                        .map(cell -> new Tuple2<>(LabelForm.text(cell), 1L)))
                .reduceByKey(Long::sum)
                .take(most + 1);
        if (counts.size() > FEW && counts.size() <= most) {
            caution(counts.size(), counts.stream().mapToLong(Tuple2::_2).sum());
        }
        return ClassNames.of(counts.stream().map(Tuple2::_1).toList(), type);
    }

    private void caution(long labels, long rows) {
        if (labels > rows / 2) {
            LOG.warn(
                    "Most rows have a label of their own: {}, column={}, rows={}, labels={}",
                    source,
                    name,
                    rows,
                    labels);
        }
    }
}
