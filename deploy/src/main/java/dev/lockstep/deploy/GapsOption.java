package dev.lockstep.deploy;

import dev.lockstep.driver.data.encoding.Missing;
import dev.lockstep.driver.model.TrainedModel;
import picocli.CommandLine.Option;

/** {@code --missing}: what becomes of gaps in data that a trained model is put to. */
final class GapsOption {
    /** The ways that need nothing of the training data. */
    private enum Way {
        ERROR,
        SKIP
    }

    @Option(
            names = "--missing",
            paramLabel = "WAY",
            description = "Rows with a gap: ${COMPLETION-CANDIDATES}; skip leaves them without a prediction, or out of"
                    + " what is measured. Default: as in training.")
    private Way way;

    TrainedModel in(TrainedModel model) {
        if (way == null) {
            return model;
        }
        return model.missing(way == Way.SKIP ? new Missing.Skip() : Missing.REFUSED);
    }
}
