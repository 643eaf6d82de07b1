package dev.lockstep.driver.data;

import dev.lockstep.driver.data.preprocess.Chain;
import dev.lockstep.driver.data.preprocess.Preprocess;
import dev.lockstep.driver.data.preprocess.Preprocessors;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;

/** Splits, preprocesses and deals a source that has been read. */
final class TrainingDataLoader {
    private final SparkSession spark;
    private final DataSettings data;
    private final DealSettings deal;
    private final NumberedRows rows;

    TrainingDataLoader(SparkSession spark, DataSettings data, DealSettings deal, NumberedRows rows) {
        this.spark = spark;
        this.data = data;
        this.deal = deal;
        this.rows = rows;
    }

    TrainingData load() {
        ValidationSplit split = split();
        RowPositions positions = trainingPositions(split);
        Chain preprocess = fit(positions);
        PackedData training = new Dealer(deal).deal(rows, positions, preprocess);
        return new TrainingData(
                training,
                validation(split, preprocess),
                Preprocessors.shapeAfter(preprocess, rows.shape()),
                preprocess,
                targets().classes(),
                rows.classNames());
    }

    private Chain fit(RowPositions positions) {
        SourceOrder order = rows.order();
        JavaRDD<double[]> features = rows.blocks()
                .mapPartitionsWithIndex(
                        (partition, blocks) -> new FeatureVectors(new RowCursor(blocks, partition, order, positions)),
                        /* preservesPartitioning */ true);
        return Preprocessors.fit(data.preprocess(), features, rows.shape());
    }

    private boolean holdsOut() {
        return data.validation() != null && data.validation().source() == null;
    }

    private ValidationSplit split() {
        long all = rows.order().rows();
        return holdsOut()
                ? ValidationSplit.of(all, data.validation().fraction(), deal.seed(), rows.source())
                : new ValidationSplit(all, 0, deal.seed());
    }

    private RowPositions trainingPositions(ValidationSplit split) {
        Permutation permutation = data.shuffle() ? new Permutation(split.rows() - split.held(), deal.seed()) : null;
        return new RowPositions(split, /* held */ false, permutation);
    }

    private Optional<PackedData> validation(ValidationSplit split, Preprocess preprocess) {
        if (data.validation() == null) {
            return Optional.empty();
        }
        if (holdsOut()) {
            return Optional.of(new Dealer(deal).deal(rows, new RowPositions(split, /* held */ true, null), preprocess));
        }
        Selection wanted = data.selection();
        Selection selection = new Selection(wanted.features(), wanted.label(), targets(), rows.shape());
        return Optional.of(EvaluationData.load(spark, data.validation().source(), selection, deal, preprocess));
    }

    /** The wanted ones, with the number of classes that the training data have where the job does not say it. */
    private Targets targets() {
        Targets wanted = data.selection().targets();
        return wanted.kind() == Targets.Kind.CLASSES && wanted.classes() == 0
                ? new Targets(wanted.kind(), (int) rows.order().largestTarget() + 1, wanted.ignored())
                : wanted;
    }
}
