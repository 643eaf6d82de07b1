package dev.lockstep.driver.train;

import dev.lockstep.params.Parameter;
import dev.lockstep.worker.DType;
import dev.lockstep.worker.NamedValues;
import dev.lockstep.worker.SafeTensors;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The folder of a trained model: what rebuilds the network, and its weights by PyTorch's names. */
final class ModelFolder {
    private static final String RUNNING_VARIANCE = "running_var";
    private static final String COUNTER = "num_batches_tracked";

    private final Path folder;
    private final Configuration hadoop;
    private final String description;
    private final List<Parameter> parameters;
    private final List<Parameter> buffers;

    /** @param description the text of model.yaml */
    ModelFolder(
            Path folder,
            Configuration hadoop,
            String description,
            List<Parameter> parameters,
            List<Parameter> buffers) {
        this.folder = folder;
        this.hadoop = hadoop;
        this.description = description;
        this.parameters = parameters;
        this.buffers = buffers;
    }

    /** @param step how many updates the values have seen */
    void write(long step, float[] values, float[] bufferValues) throws IOException {
        FileSystem files = folder.getFileSystem(hadoop);
        try (OutputStream out = files.create(new Path(folder, "model.yaml"))) {
            out.write(description.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }

        List<NamedValues> tensors = new ArrayList<>(NamedValues.of(parameters, FloatBuffer.wrap(values)));
        for (NamedValues buffer : NamedValues.of(buffers, FloatBuffer.wrap(bufferValues))) {
            tensors.add(buffer);
            if (buffer.parameter().name().endsWith(RUNNING_VARIANCE)) {
                tensors.add(counter(buffer.parameter().name(), step));
            }
        }
        try (OutputStream out = files.create(new Path(folder, "weights.safetensors"))) {
            SafeTensors.write(out, tensors);
        }
    }

    private static NamedValues counter(String runningVariance, long step) {
        String name = runningVariance.substring(0, runningVariance.length() - RUNNING_VARIANCE.length()) + COUNTER;
        return new NamedValues(new Parameter(name, List.of()), FloatBuffer.wrap(new float[] {step}), DType.I64);
    }
}
