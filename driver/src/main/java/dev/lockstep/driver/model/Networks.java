package dev.lockstep.driver.model;

import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.job.ExampleForm;
import dev.lockstep.driver.job.Model;
import dev.lockstep.driver.job.Wiring;
import dev.lockstep.worker.Network;
import dev.lockstep.worker.torchscript.TorchScriptNetwork;
import dev.lockstep.worker.torchscript.UntrustedScriptException;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;

/** From what a job says of its network to the network. */
public final class Networks {
    private Networks() {}

    /** @param form of one example */
    public static Network of(Model model, ExampleForm form, Configuration hadoop) throws IOException {
        return of(model, form, ScriptFile.read(model, hadoop));
    }

    /** @param program the TorchScript, null where there are layers */
    static Network of(Model model, ExampleForm form, byte[] program) {
        try {
            return model.isLayered()
                    ? Wiring.network(model, form)
                    : new TorchScriptNetwork(program, form.example(), model.trusted());
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
