package dev.lockstep.driver.model;

import dev.lockstep.driver.data.encoding.Missing;
import dev.lockstep.driver.job.ModelFile;
import dev.lockstep.worker.Network;
import java.util.List;

/**
 * A trained model, read back: what describes it and its weights.
 *
 * @param members the weights of each network, all of one shape: one, or those of an ensemble
 */
public record TrainedModel(ModelFile file, List<Weights> members) {
    public TrainedModel {
        members = List.copyOf(members);
        if (members.size() != file.members()) {
            throw new IllegalArgumentException("A model must have the weights of each member: members=" + file.members()
                    + ", weights=" + members.size());
        }
    }

    public Network network() {
        return members.get(0).network();
    }

    /** The same with another way with gaps in what it is given; what fills them is fitted in training alone. */
    public TrainedModel missing(Missing changed) {
        return new TrainedModel(file.encoding(file.encoding().missing(changed)), members);
    }

    /** One of the networks alone. */
    public TrainedModel member(int index) {
        return new TrainedModel(file.members(1), List.of(members.get(index)));
    }
}
