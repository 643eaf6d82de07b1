package dev.lockstep.dl4j.saved;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The bytes that {@code ModelSerializer} wrote. */
final class SavedFile {
    private static final String CONFIGURATION = "configuration.json";

    private SavedFile() {}

    /**
     * A new network of either kind.
     *
     * @throws IllegalArgumentException if it is none, or does not compute in float32
     */
    static Model read(byte[] file) {
        try {
            Model model = isGraph(file)
                    ? ModelSerializer.restoreComputationGraph(new ByteArrayInputStream(file), /* loadUpdater */ false)
                    : ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(file), /* loadUpdater */ false);
            if (model.params() == null || model.params().dataType() != DataType.FLOAT) {
                throw new IllegalArgumentException("A saved network must have parameters in FLOAT: parameters="
                        + (model.params() == null ? "none" : model.params().dataType()));
            }
            return model;
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("Deeplearning4j cannot read the network: reason=" + e.getMessage(), e);
        }
    }

    /** The same with other parameters. */
    static Model read(byte[] file, INDArray parameters) {
        Model model = read(file);
        model.setParams(parameters);
        return model;
    }

    private static boolean isGraph(byte[] file) throws IOException {
        ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file));
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            if (entry.getName().equals(CONFIGURATION)) {
                return new String(zip.readAllBytes(), StandardCharsets.UTF_8).contains("\"vertexInputs\"");
            }
        }
        throw new IllegalArgumentException("the zip has no " + CONFIGURATION);
    }
}
