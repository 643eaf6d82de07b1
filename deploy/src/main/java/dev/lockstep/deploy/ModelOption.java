package dev.lockstep.deploy;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.failure.Reason;
import dev.lockstep.driver.model.ModelFolder;
import dev.lockstep.driver.model.TrainedModel;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Parameters;

/** {@code MODEL}: the folder of a trained model. */
final class ModelOption {
    @Parameters(index = "0", paramLabel = "MODEL", description = "The model's folder, as runs/digits/model.")
    private String folder;

    TrainedModel read(Configuration hadoop) {
        try {
            return new ModelFolder(new Path(folder), hadoop).read();
        } catch (IOException e) {
            throw new DataException("Model cannot be read: folder=" + folder + ", reason=" + Reason.of(e), e);
        }
    }
}
