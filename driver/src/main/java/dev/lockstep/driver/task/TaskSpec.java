package dev.lockstep.driver.task;

import dev.lockstep.driver.data.DataPlan;
import dev.lockstep.driver.model.Measurement;
import dev.lockstep.losses.Loss;
import dev.lockstep.optim.update.LossScaling;
import dev.lockstep.worker.Network;
import dev.lockstep.worker.Replica;
import dev.lockstep.worker.ReplicaMemory;
import dev.lockstep.worker.ReplicaSettings;
import java.io.Serializable;

/**
 * What stays the same in all tasks of a run. Captured by their closures, which Spark always writes with Java's
 * serialization.
 *
 * @param training how shares are assembled
 * @param validation how validation data are assembled; null where there are none
 * @param measurement of the validation data
 * @param lossScaling null for losses that are not scaled
 * @param monitorEvery steps from one that is monitored to the next; 0 for none
 */
public record TaskSpec(
        Network network,
        Loss loss,
        ReplicaSettings replica,
        DataPlan training,
        DataPlan validation,
        Measurement measurement,
        int workers,
        long seed,
        LossScaling lossScaling,
        long monitorEvery)
        implements Serializable {

    /** Whether a worker takes layer statistics in a step: one of them does. */
    boolean monitors(long step, int worker) {
        return monitorEvery > 0 && worker == 0 && step % monitorEvery == 0;
    }

    /** @param gpu which one, where it is to be on one */
    Replica open(ReplicaMemory memory, int gpu) {
        return network.replica(loss, replica.onGpu(gpu), memory);
    }
}
