package dev.lockstep.driver.model;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.job.ModelFile;
import dev.lockstep.params.Parameter;
import dev.lockstep.worker.DType;
import dev.lockstep.worker.NamedValues;
import dev.lockstep.worker.SafeTensors;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The folder of a trained model: {@code model.yaml}, which rebuilds the network, and its weights by PyTorch's names. */
public final class ModelFolder {
    private static final String WEIGHTS = "weights.safetensors";
    private static final String SCRIPT = "network.pt";
    private static final String RUNNING_VARIANCE = "running_var";
    private static final String COUNTER = "num_batches_tracked";

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
     * @param step how many updates the values have seen
     */
    public void write(ModelFile file, Weights weights, long step) throws IOException {
        FileSystem files = folder.getFileSystem(hadoop);
        ModelFile described = file;
        if (file.model().torchscript() != null) {
            put(files, SCRIPT, Networks.program(file.model(), hadoop));
            described = file.torchscript(SCRIPT);
        }

        try (OutputStream out = files.create(new Path(folder, WEIGHTS))) {
            SafeTensors.write(out, tensors(weights, step));
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

    private static List<NamedValues> tensors(Weights weights, long step) {
        List<NamedValues> tensors = new ArrayList<>();
        for (NamedValues tensor : weights.tensors()) {
            tensors.add(tensor);
            if (tensor.parameter().name().endsWith(RUNNING_VARIANCE)) {
                tensors.add(counter(tensor.parameter().name(), step));
            }
        }
        return tensors;
    }

    /** PyTorch counts the batches that a normalisation has seen; here that is the step. */
    private static NamedValues counter(String runningVariance, long step) {
        String name = runningVariance.substring(0, runningVariance.length() - RUNNING_VARIANCE.length()) + COUNTER;
        return new NamedValues(new Parameter(name, List.of()), FloatBuffer.wrap(new float[] {step}), DType.I64);
    }
}
