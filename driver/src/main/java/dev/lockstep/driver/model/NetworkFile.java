package dev.lockstep.driver.model;

import dev.lockstep.driver.job.Model;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** The file of a network that another library saved. */
public final class NetworkFile {
    private NetworkFile() {}

    /** The content of the one that a model names; null if it consists of layers. */
    public static byte[] read(Model model, Configuration hadoop) throws IOException {
        if (model.isLayered()) {
            return null;
        }
        Path file = new Path(model.file());
        try (InputStream in = file.getFileSystem(hadoop).open(file)) {
            return in.readAllBytes();
        }
    }

    /** What it is called in the folder of a trained model. */
    static String nameOf(Model model) {
        return model.torchscript() == null ? "network.zip" : "network.pt";
    }
}
