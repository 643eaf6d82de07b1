package dev.lockstep.deploy;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.model.TrainedModel;
import dev.lockstep.driver.model.Weights;
import dev.lockstep.worker.safetensors.SafeTensors;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lockstep export}: a trained model in a file for other frameworks. */
@Command(name = "export", description = "Write a trained model for other frameworks.")
final class ExportCommand implements Runnable {
    /** What other frameworks read. */
    enum Format {
        /** Weights by the names of torch.nn.Sequential.state_dict(). */
        SAFETENSORS {
            @Override
            void write(Weights weights, Path file) throws IOException {
                try (OutputStream out = Files.newOutputStream(file)) {
                    SafeTensors.write(out, weights.tensors());
                }
            }
        },
        /** The network and its weights, for torch.jit.load. */
        TORCHSCRIPT {
            @Override
            void write(Weights weights, Path file) throws IOException {
                // libtorch says less of a file that it cannot write.
                Files.newOutputStream(file).close();
                weights.network().writeTorchScript(weights.tensors(), file);
            }
        };

        abstract void write(Weights weights, Path file) throws IOException;
    }

    @Mixin
    private ModelOption model;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            required = true,
            description = "One of: ${COMPLETION-CANDIDATES}.")
    private Format format;

    @Parameters(index = "1", paramLabel = "FILE", description = "Where to write.")
    private Path file;

    @Override
    public void run() {
        TrainedModel trained = model.read(new Configuration());
        if (trained.members().size() > 1) {
            throw new JobFileException("One network is exported, not an ensemble: members="
                    + trained.members().size() + ". Take one of the folders OUTPUT/members/1/model, /2/model, ...");
        }
        try {
            format.write(trained.members().get(0), file);
        } catch (IOException e) {
            throw new DataException("Export cannot be written: file=" + file + ", reason=" + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new JobFileException(e.getMessage(), e);
        }
    }
}
