package dev.lockstep.driver.model;

import dev.lockstep.driver.job.ModelFile;
import dev.lockstep.driver.storage.AtomicWrite;
import dev.lockstep.driver.storage.PlainFiles;
import dev.lockstep.worker.safetensors.SafeTensors;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The folder of a trained model: {@code model.yaml}, which rebuilds the network, and its weights by PyTorch's names.
 */
public final class ModelFolder {
    private final Path folder;
    private final Configuration hadoop;

    public ModelFolder(Path folder, Configuration hadoop) {
        this.folder = folder;
        this.hadoop = hadoop;
    }

    /** That which a run leaves in its output. */
    public static Path in(Path output) {
        return new Path(output, "model");
    }

    /** Whether a model has been written. */
    public boolean exists() throws IOException {
        return PlainFiles.of(folder, hadoop).exists(new Path(folder, ModelFile.NAME));
    }

    /**
     * Writes or replaces the model.
     *
     * @param file with the file of its network, if that is one, wherever it is now; it is copied into the folder
     */
    public void write(ModelFile file, Weights weights) throws IOException {
        write(new TrainedModel(file, List.of(weights)));
    }

    /** Writes or replaces a model of one or several networks; see {@link #write(ModelFile, Weights)}. */
    public void write(TrainedModel model) throws IOException {
        FileSystem files = PlainFiles.of(folder, hadoop);
        AtomicWrite.folder(files, folder, made -> write(model, files, made));
    }

    private void write(TrainedModel model, FileSystem files, Path made) throws IOException {
        ModelFile file = model.file();
        ModelFile described = file;
        if (!file.model().isLayered()) {
            String name = NetworkFile.nameOf(file.model());
            put(files, new Path(made, name), NetworkFile.read(file.model(), hadoop));
            described = file.network(name);
        }
        described = VocabularyFiles.write(described, name -> files.create(new Path(made, name)));
        for (int member = 0; member < file.members(); member++) {
            try (OutputStream out = files.create(new Path(made, ModelReader.weights(file, member)))) {
                SafeTensors.write(out, model.members().get(member).tensors());
            }
        }
        put(files, new Path(made, ModelFile.NAME), described.text().getBytes(StandardCharsets.UTF_8));
    }

    /** @throws dev.lockstep.driver.DataException if the folder holds no model, or its weights do not fit it */
    public TrainedModel read() throws IOException {
        FileSystem store = PlainFiles.of(folder, hadoop);
        return new ModelReader(folder.toString(), name -> store.open(new Path(folder, name))).read();
    }

    private static void put(FileSystem files, Path path, byte[] content) throws IOException {
        try (OutputStream out = files.create(path)) {
            out.write(content);
        }
    }
}
