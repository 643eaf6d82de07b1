package dev.lockstep.driver.train;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.LockstepException;
import dev.lockstep.driver.data.Dealing;
import dev.lockstep.worker.Network;

/** Whether the shares of an epoch's batches are such as a network can be trained on: known before the first step. */
final class Shares {
    private Shares() {}

    /** @throws JobFileException for a layer that needs several examples, and would get one */
    static void require(Dealing dealing, Network network, int workers) {
        if (network.severalInShare().isEmpty() && network.severalInBatch().isEmpty()) {
            return;
        }
        // Which workers a batch falls to comes again after as many batches as there are slices.
        for (long t = 0; t < Math.min(dealing.batches(), Dealing.SLICES); t++) {
            require(dealing, t, network, workers);
        }
        if (dealing.batches() > 0) {
            require(dealing, dealing.batches() - 1, network, workers);
        }
    }

    private static void require(Dealing dealing, long t, Network network, int workers) {
        if (network.severalInBatch().isPresent() && dealing.end(t) - dealing.start(t) == 1) {
            throw one(dealing, t, network.severalInBatch().get(), workers, "Use a larger batch");
        }
        if (network.severalInShare().isEmpty()) {
            return;
        }
        for (int worker = 0; worker < workers; worker++) {
            if (dealing.shareSize(t, worker, workers) == 1) {
                throw one(
                        dealing,
                        t,
                        network.severalInShare().get(),
                        workers,
                        "Use another batch, fewer workers or batch norm's sync: true");
            }
        }
    }

    private static JobFileException one(Dealing dealing, long t, String layer, int workers, String wayOut) {
        boolean droppable = dealing.end(t) - dealing.start(t) < dealing.batch();
        return new JobFileException("Batch norm must have more than one example in every share: layer=" + layer
                + ", batch=" + (t + 1) + " of " + dealing.batches() + " with " + (dealing.end(t) - dealing.start(t))
                + " examples, train.workers=" + workers + ", train.batch=" + dealing.batch() + ", examples="
                + dealing.examples() + ". "
                + (droppable ? "train.drop_last: true leaves the last batch out. " : "") + wayOut + ".");
    }

    /** For an epoch without a batch. */
    static LockstepException none(Dealing dealing) {
        return dealing.examples() == 0
                ? new DataException("There are no training examples: examples=0")
                : new JobFileException("train.drop_last leaves no batch: examples=" + dealing.examples()
                        + ", train.batch=" + dealing.batch());
    }
}
