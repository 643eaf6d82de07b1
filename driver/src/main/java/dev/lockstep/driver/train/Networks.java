package dev.lockstep.driver.train;

import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.job.Model;
import dev.lockstep.worker.LayeredNetwork;
import dev.lockstep.worker.Network;
import dev.lockstep.worker.NetworkSpec;
import java.util.List;

/** From what a job says of its network to the network. */
final class Networks {
    private Networks() {}

    /** @param shape of one example */
    static Network of(Model model, List<Integer> shape) {
        try {
            return new LayeredNetwork(new NetworkSpec(model.layers()), shape);
        } catch (IllegalArgumentException e) {
            throw new JobFileException("model does not fit the data: " + e.getMessage(), e);
        }
    }
}
