package dev.lockstep.driver.data;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.OwnContext;
import dev.lockstep.driver.data.encoding.CategoryNumbers;
import dev.lockstep.driver.data.encoding.Encoding;
import dev.lockstep.driver.data.encoding.Vocabulary;
import dev.lockstep.driver.data.preprocess.Chain;
import dev.lockstep.driver.data.preprocess.Fitted;
import dev.lockstep.driver.data.preprocess.Fitting;
import dev.lockstep.driver.data.preprocess.Preprocess;
import dev.lockstep.driver.data.rows.Selection;
import dev.lockstep.driver.data.rows.TargetSpec;
import dev.lockstep.driver.job.Data;
import dev.lockstep.driver.job.Reading;
import dev.lockstep.driver.job.Source;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Splits, preprocesses and deals a source that has been read. */
final class TrainingDataLoader {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingDataLoader.class);
    private static final int SHOWN = 20;

    private final SparkSession spark;
    private final Data data;
    private final Selection selection;
    private final DealSettings deal;
    private NumberedRows rows;

    TrainingDataLoader(SparkSession spark, Data data, Selection selection, DealSettings deal, NumberedRows rows) {
        this.spark = spark;
        this.data = data;
        this.selection = selection;
        this.deal = deal;
        this.rows = rows;
    }

    TrainingData load() {
        TargetSpec targets = counted(selection.targets());
        tell(targets);
        ValidationSplit split = split();
        RowPositions positions = trainingPositions(split);
        Encoding encoding = encoding(positions);
        Fitted fitted = fit(positions);
        Chain preprocess = fitted.chain().sparing(encoding.categories().size());
        return new TrainingData(
                new Dealer(deal).deal(rows, positions, preprocess),
                validation(split, preprocess, targets, encoding),
                rows.shape(),
                fitted.shape(),
                preprocess,
                targets.classes(),
                rows.order().largestPlace(),
                rows.features(),
                encoding,
                rows.order().fingerprint());
    }

    /** What the data hold that a user may not know of. */
    private void tell(TargetSpec targets) {
        if (data.features().groups().isEmpty() && !rows.features().isEmpty()) {
            LOG.warn(
                    "Every column but the label is a feature, as data.features is not given: features={}",
                    rows.features().get(0).size() <= SHOWN
                            ? rows.features().get(0)
                            : rows.features().get(0).subList(0, SHOWN) + " and "
                                    + (rows.features().get(0).size() - SHOWN) + " more");
        }
        float least = rows.order().leastTarget();
        if (targets.kind() == TargetSpec.Kind.CLASSES && least > 0 && least < targets.classes()) {
            LOG.warn("Classes count from 0, and no label is 0: {}, least label={}", rows.source(), (int) least);
        }
    }

    /** With the number of classes that the training data have where the job does not say it. */
    private TargetSpec counted(TargetSpec wanted) {
        if (wanted.kind() != TargetSpec.Kind.CLASSES || wanted.classes() > 0) {
            return wanted;
        }
        int named = rows.encoding().classes().size();
        int classes = named > 0 ? named : (int) rows.order().largestTarget() + 1;
        return new TargetSpec(wanted.kind(), classes, wanted.ignored());
    }

    private boolean holdsOut() {
        return data.validation() != null && data.validation().source() == null;
    }

    private ValidationSplit split() {
        long all = rows.order().rows();
        if (!holdsOut()) {
            return new ValidationSplit(all, 0, deal.seed());
        }
        Long own = data.validation().seed();
        long seed = own == null ? deal.seed() : own;
        return ValidationSplit.of(all, data.validation().fraction(), seed, rows.source());
    }

    private RowPositions trainingPositions(ValidationSplit split) {
        Permutation permutation = data.shuffle() ? new Permutation(split.rows() - split.held(), deal.seed()) : null;
        return new RowPositions(split, /* held */ false, permutation);
    }

    /** How cells are read, with the categories that the training rows have, by whose numbers the rows go on. */
    private Encoding encoding(RowPositions positions) {
        if (rows.categories().isEmpty()) {
            return rows.encoding();
        }
        List<Vocabulary> categories = Vocabularies.fit(rows, positions);
        CategoryNumbers[] numbers =
                categories.stream().map(CategoryNumbers::new).toArray(CategoryNumbers[]::new);
        rows = rows.numbered(OwnContext.of(spark).broadcast(numbers));
        return rows.encoding().categories(categories);
    }

    private Fitted fit(RowPositions positions) {
        SourceOrder order = rows.order();
        int width = rows.shape().stream().reduce(1, Math::multiplyExact);
        JavaRDD<double[]> features = rows.blocks()
                .mapPartitionsWithIndex(
                        (partition, blocks) -> new FeatureVectors(new RowCursor(blocks, partition, order, positions)),
                        /* preservesPartitioning */ true)
                .map(row -> row.length == width ? row : Arrays.copyOf(row, width));
        List<String> names =
                rows.features().isEmpty() ? List.of() : rows.features().get(0);
        return Fitting.fit(data.missing(), data.preprocess(), features, rows.shape(), names);
    }

    private Optional<PackedData> validation(
            ValidationSplit split, Preprocess preprocess, TargetSpec targets, Encoding encoding) {
        if (data.validation() == null) {
            return Optional.empty();
        }
        if (holdsOut()) {
            return Optional.of(new Dealer(deal).deal(rows, new RowPositions(split, /* held */ true, null), preprocess));
        }
        Source source = validationSource();
        Selection same = selection
                .targets(targets)
                .shape(rows.shape())
                .features(rows.features())
                .encoding(encoding);
        try {
            return Optional.of(EvaluationData.load(spark, source, same, deal, preprocess));
        } catch (DataException e) {
            throw e.within("data.validation");
        }
    }

    /** Without options of its own it is read as the training source is. */
    private Source validationSource() {
        Source own = data.validation().source();
        Reading training = Reading.of(data.train());
        return training == null || !own.options().isEmpty() ? own : training.put(own);
    }
}
