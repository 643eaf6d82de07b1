package dev.lockstep.driver.model;

import dev.lockstep.driver.job.Model;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** The file of a TorchScript. */
public final class ScriptFile {
    private ScriptFile() {}

    /** The content of the one that a model names; null if it consists of layers. */
    public static byte[] read(Model model, Configuration hadoop) throws IOException {
        if (model.torchscript() == null) {
            return null;
        }
        Path file = new Path(model.torchscript());
        try (InputStream in = file.getFileSystem(hadoop).open(file)) {
            return in.readAllBytes();
        }
    }
}
