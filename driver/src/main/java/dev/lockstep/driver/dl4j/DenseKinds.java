package dev.lockstep.driver.dl4j;

import dev.lockstep.worker.layer.Embedding;
import dev.lockstep.worker.layer.Flatten;
import dev.lockstep.worker.layer.Linear;
import java.util.List;
import java.util.Map;

/** Layers of Deeplearning4j that take examples as rows. Their matrices are stored column after column. */
final class DenseKinds {
    private DenseKinds() {}

    static void dense(SourceLayer layer, Translation made) {
        if (layer.flag("hasLayerNorm", false)) {
            throw layer.refusal("it has a layer normalisation inside: hasLayerNorm=true");
        }
        linear(layer, made);
        Activations.add(layer, made);
    }

    /** Columns of [in, out] are the rows of PyTorch's [out, in]. */
    static void linear(SourceLayer layer, Translation made) {
        int in = layer.whole("nin");
        int out = layer.whole("nout");
        List<Integer> shape = made.shape();
        if (shape.isEmpty() || shape.get(shape.size() - 1) != in) {
            throw layer.refusal("its input must be as wide as nIn: input=" + shape + ", nIn=" + in);
        }
        float[] weight = made.take(in * out, layer);
        boolean bias = layer.flag("hasBias", true);
        made.add(
                new Linear(out, bias),
                bias ? Map.of("weight", weight, "bias", made.take(out, layer)) : Map.of("weight", weight),
                layer);
    }

    static void embedding(SourceLayer layer, Translation made) {
        table(layer, made);
        // DL4J takes one index an example, and gives one row.
        made.add(new Flatten(), layer);
        Activations.add(layer, made);
    }

    static void embeddingSequence(SourceLayer layer, Translation made) {
        table(layer, made);
        Activations.add(layer, made);
    }

    private static void table(SourceLayer layer, Translation made) {
        int rows = layer.whole("nin");
        int width = layer.whole("nout");
        float[] columns = made.take(rows * width, layer);
        // Every row that is looked up has the bias added, and so it may be in the table.
        float[] bias = layer.flag("hasBias", false) ? made.take(width, layer) : new float[width];
        float[] table = new float[columns.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < width; column++) {
                table[row * width + column] = columns[column * rows + row] + bias[column];
            }
        }
        made.add(new Embedding(rows, width), Map.of("weight", table), layer);
    }

    static void activation(SourceLayer layer, Translation made) {
        Activations.add(layer, made);
    }

    /** All of it is the dropout that any layer may have before it. */
    static void dropout(SourceLayer layer, Translation made) {}
}
