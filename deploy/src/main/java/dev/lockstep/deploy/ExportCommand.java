package dev.lockstep.deploy;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.model.TrainedModel;
import dev.lockstep.worker.SafeTensors;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lockstep export}: a trained model's weights in a file for other frameworks. */
@Command(name = "export", description = "Write a trained model's weights for other frameworks.")
final class ExportCommand implements Runnable {
    /** What other frameworks read. */
    enum Format {
        /** Weights by the names of torch.nn.Sequential.state_dict(). */
        SAFETENSORS
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
        try (OutputStream out = Files.newOutputStream(file)) {
            SafeTensors.write(out, trained.members().get(0).tensors());
        } catch (IOException e) {
            throw new DataException("Export cannot be written: file=" + file + ", reason=" + e.getMessage(), e);
        }
    }
}
