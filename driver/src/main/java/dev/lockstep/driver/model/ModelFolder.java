package dev.lockstep.driver.model;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.job.ModelFile;
import dev.lockstep.worker.SafeTensors;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The folder of a trained model: {@code model.yaml}, which rebuilds the network, and its weights by PyTorch's names. */
public final class ModelFolder {
    private static final String WEIGHTS = "weights.safetensors";
    private static final String SCRIPT = "network.pt";

    private final Path folder;
    private final Configuration hadoop;

    public ModelFolder(Path folder, Configuration hadoop) {
        this.folder = folder;
        this.hadoop = hadoop;
    }

    /**
     * Writes or replaces the model.
     *
     * @param file with the TorchScript, if it is one, wherever that is now; it is copied into the folder
     */
    public void write(ModelFile file, Weights weights) throws IOException {
        FileSystem files = folder.getFileSystem(hadoop);
        ModelFile described = file;
        if (file.model().torchscript() != null) {
            put(files, SCRIPT, Networks.program(file.model(), hadoop));
            described = file.torchscript(SCRIPT);
        }

        try (OutputStream out = files.create(new Path(folder, WEIGHTS))) {
            SafeTensors.write(out, weights.tensors());
        }
        put(files, ModelFile.NAME, described.text().getBytes(StandardCharsets.UTF_8));
    }

    /** @throws DataException if the folder holds no model, or its weights do not fit it */
    public TrainedModel read() throws IOException {
        Path path = new Path(folder, ModelFile.NAME);
        FileSystem files = folder.getFileSystem(hadoop);
        ModelFile file;
        try (InputStream in = files.open(path)) {
            file = ModelFile.parse(path.toString(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (FileNotFoundException e) {
            throw new DataException("There is no model in the folder: folder=" + folder + ", missing=" + path, e);
        }
        if (file.model().torchscript() != null) {
            file = file.torchscript(new Path(folder, file.model().torchscript()).toString());
        }

        Weights weights = Weights.zeros(Networks.of(file.model(), file.networkShape(), hadoop));
        try (InputStream in = files.open(new Path(folder, WEIGHTS))) {
            weights.read(in, new Path(folder, WEIGHTS).toString());
        }
        return new TrainedModel(file, weights);
    }

    private void put(FileSystem files, String name, byte[] content) throws IOException {
        try (OutputStream out = files.create(new Path(folder, name))) {
            out.write(content);
        }
    }
}
