package dev.lockstep.ml;

import static org.apache.spark.sql.functions.lit;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.model.TrainedModel;
import dev.lockstep.driver.model.Weights;
import dev.lockstep.worker.safetensors.NamedValues;
import java.nio.FloatBuffer;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Numbers to regress, brought to mean 0 and deviation 1 for the training: with the usual learning rates a network takes
 * long to get to labels in the thousands. The last layer, which must be a linear one, undoes it afterwards:
 *
 * <pre>
 *   s (W x + b) + m = (s W) x + (s b + m)
 * </pre>
 *
 * @param column of the labels
 * @param mean m
 * @param deviation s, above 0
 */
record LabelScale(String column, double mean, double deviation) {
    LabelScale {
        double step = Math.ulp((float) mean);
        if (deviation < step) {
            throw new DataException("Labels must differ by more than a 32-bit float can tell: labelCol=" + column
                    + ", mean=" + mean + ", deviation=" + deviation + ", step=" + step
                    + ". Subtract their mean, and add it to the predictions.");
        }
    }

    /** Leaves labels as they are. */
    static final LabelScale NONE = new LabelScale("", 0, 1);

    /** By which a mean square of scaled labels is multiplied to be one of the labels. */
    double unit() {
        return deviation * deviation;
    }

    private boolean changesNothing() {
        return mean == 0 && deviation == 1;
    }

    Dataset<Row> down(Dataset<Row> rows) {
        return changesNothing()
                ? rows
                : rows.withColumn(
                        column,
                        LabelFacts.number(rows.schema(), column)
                                .minus(lit(mean))
                                .divide(lit(deviation)));
    }

    /** A model of labels as they are, as one of scaled ones. */
    TrainedModel down(TrainedModel model) {
        return changed(model, 1 / deviation, -mean / deviation);
    }

    /** A model of scaled labels, as one of labels as they are. */
    TrainedModel up(TrainedModel model) {
        return changed(model, deviation, mean);
    }

    private TrainedModel changed(TrainedModel model, double factor, double shift) {
        if (changesNothing()) {
            return model;
        }
        return new TrainedModel(
                model.file(),
                model.members().stream()
                        .map(member -> changed(member, factor, shift))
                        .toList());
    }

    private static Weights changed(Weights weights, double factor, double shift) {
        Weights changed = new Weights(
                weights.network(), weights.values().clone(), weights.buffers().clone());
        List<NamedValues> tensors =
                NamedValues.of(Weights.parameters(weights.network()), FloatBuffer.wrap(changed.values()));
        NamedValues bias = tensors.get(tensors.size() - 1);
        scale(tensors.get(tensors.size() - 2).values(), factor, 0);
        scale(bias.values(), factor, shift);
        return changed;
    }

    private static void scale(FloatBuffer values, double factor, double shift) {
        for (int i = 0; i < values.limit(); i++) {
            values.put(i, (float) (values.get(i) * factor + shift));
        }
    }
}
