package dev.lockstep.driver.data;

import dev.lockstep.driver.data.preprocess.Preprocess;
import java.util.List;
import java.util.Optional;
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
        Preprocess preprocess = Preprocess.NONE;
        PackedData training = new Dealer(deal).deal(rows, positions, preprocess);
        int width = training.plan().format().width();
        return new TrainingData(
                training,
                validation(split, preprocess),
                width == rows.format().width() ? rows.shape() : List.of(width),
                preprocess,
                targets().classes(),
                rows.classNames());
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
