package dev.lockstep.driver.model;

import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.job.ExampleForm;
import dev.lockstep.driver.job.Model;
import dev.lockstep.driver.job.Wiring;
import dev.lockstep.worker.Network;
import dev.lockstep.worker.torchscript.TorchScriptNetwork;
import dev.lockstep.worker.torchscript.UntrustedScriptException;
import java.io.IOException;
import java.util.ServiceLoader;
import org.apache.hadoop.conf.Configuration;

/** From what a job says of its network to the network. */
public final class Networks {
    private Networks() {}

    /** @param form of one example */
    public static Network of(Model model, ExampleForm form, Configuration hadoop) throws IOException {
        return of(model, form, NetworkFile.read(model, hadoop));
    }

    /** @param file the content of the network's, null where there are layers */
    static Network of(Model model, ExampleForm form, byte[] file) {
        try {
            if (model.isLayered()) {
                return Wiring.network(model, form);
            }
            return model.torchscript() == null
                    ? reader(model).read(file, form.example())
                    : new TorchScriptNetwork(file, form.example(), model.trusted());
        } catch (UntrustedScriptException e) {
            throw new JobFileException(
                    e.getMessage() + ", file=" + model.torchscript()
                            + ". A model file is a program: set model.trusted: true if you trust whoever made it",
                    e);
        } catch (IllegalArgumentException e) {
            throw new JobFileException("model does not fit the data: " + e.getMessage(), e);
        }
    }

    /**
     * The file that a trained network was made of, with its trained weights.
     *
     * @throws IllegalArgumentException if it was made of none that can be written again
     */
    public static byte[] saved(Model model, Weights weights, Configuration hadoop) throws IOException {
        if (model.dl4j() == null) {
            throw new IllegalArgumentException("Only what was trained as model.dl4j can be written for Deeplearning4j:"
                    + " model=" + (model.isLayered() ? "layers" : model.fileKey()));
        }
        return reader(model).write(NetworkFile.read(model, hadoop), weights.values(), weights.buffers());
    }

    private static NetworkReader reader(Model model) {
        for (NetworkReader reader : ServiceLoader.load(NetworkReader.class)) {
            if (reader.key().equals(model.fileKey())) {
                return reader;
            }
        }
        throw new JobFileException("Lockstep for this kind of file is not on the class path: key=model."
                + model.fileKey() + ", file=" + model.file() + ". Add lockstep-dl4j.jar by --jars and Deeplearning4j by"
                + " --packages, as docs/dl4j.md shows, or make layers of it: lockstep convert");
    }
}
