package dev.lockstep.driver.model;

import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.job.Model;
import dev.lockstep.worker.LayeredNetwork;
import dev.lockstep.worker.Network;
import dev.lockstep.worker.NetworkSpec;
import dev.lockstep.worker.torchscript.TorchScriptNetwork;
import dev.lockstep.worker.torchscript.UntrustedScriptException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** From what a job says of its network to the network. */
public final class Networks {
    private Networks() {}

    /** @param shape of one example */
    public static Network of(Model model, List<Integer> shape, Configuration hadoop) throws IOException {
        try {
            return model.torchscript() == null
                    ? new LayeredNetwork(new NetworkSpec(model.layers()), shape)
                    : new TorchScriptNetwork(program(model, hadoop), shape, model.trusted());
        } catch (UntrustedScriptException e) {
            throw new JobFileException(
                    e.getMessage() + ", file=" + model.torchscript()
                            + ". A model file is a program: set model.trusted: true if you trust whoever made it",
                    e);
        } catch (IllegalArgumentException e) {
            throw new JobFileException("model does not fit the data: " + e.getMessage(), e);
        }
    }

    /** The TorchScript of a model that is one. */
    public static byte[] program(Model model, Configuration hadoop) throws IOException {
        Path file = new Path(model.torchscript());
        try (InputStream in = file.getFileSystem(hadoop).open(file)) {
            return in.readAllBytes();
        }
    }
}
