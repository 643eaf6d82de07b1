package dev.lockstep.driver.model;

import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.job.Model;
import dev.lockstep.worker.LayeredNetwork;
import dev.lockstep.worker.Network;
import dev.lockstep.worker.NetworkSpec;
import dev.lockstep.worker.torchscript.TorchScriptNetwork;
import dev.lockstep.worker.torchscript.UntrustedScriptException;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** From what a job says of its network to the network. */
public final class Networks {
    private Networks() {}

    /** @param shape of one example */
    public static Network of(Model model, List<Integer> shape, Configuration hadoop) throws IOException {
        return of(model, shape, ScriptFile.read(model, hadoop));
    }

    /** @param program the TorchScript, null where there are layers */
    static Network of(Model model, List<Integer> shape, byte[] program) {
        try {
            return model.torchscript() == null
                    ? new LayeredNetwork(new NetworkSpec(model.layers()), shape)
                    : new TorchScriptNetwork(program, shape, model.trusted());
        } catch (UntrustedScriptException e) {
            throw new JobFileException(
                    e.getMessage() + ", file=" + model.torchscript()
                            + ". A model file is a program: set model.trusted: true if you trust whoever made it",
                    e);
        } catch (IllegalArgumentException e) {
            throw new JobFileException("model does not fit the data: " + e.getMessage(), e);
        }
    }
}
