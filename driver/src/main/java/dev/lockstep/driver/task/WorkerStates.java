package dev.lockstep.driver.task;

import dev.lockstep.optim.update.LossScale;
import dev.lockstep.params.compress.Residual;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;

/**
 * What each worker goes on with that no shard keeps. Captured by the tasks' closures; a residual is as long as the
 * parameters, and so goes to its worker's process alone.
 *
 * @param buffers where the last segment ended within its epoch; null else
 * @param residuals what compression has left out; null where it never left anything out
 * @param lossScale of the next step, the same for all; null where losses are not scaled
 */
public record WorkerStates(float[][] buffers, List<Broadcast<Residual>> residuals, LossScale lossScale)
        implements Serializable {
    float[] buffers(int worker) {
        return buffers == null ? null : buffers[worker];
    }

    Residual residual(int worker) {
        return residuals == null ? null : residuals.get(worker).value();
    }

    /** Spark may forget the residuals. */
    public void destroy() {
        if (residuals != null) {
            residuals.forEach(Broadcast::destroy);
        }
    }
}
