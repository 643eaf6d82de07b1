package dev.lockstep.ml;

import dev.lockstep.driver.model.TrainedModel;
import org.apache.spark.ml.param.Params;

/** A model of spark.ml around a trained one: what writing and reading need of both kinds. */
public interface ServingModel extends Params {
    /** @throws IllegalStateException if it has not been read yet */
    TrainedModel trained();

    void take(TrainedModel trained);
}
