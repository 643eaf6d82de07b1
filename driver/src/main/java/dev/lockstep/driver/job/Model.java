package dev.lockstep.driver.job;

import dev.lockstep.worker.layer.Embedding;
import dev.lockstep.worker.layer.Layer;
import java.io.Serializable;
import java.util.List;

/**
 * The network and what it starts from: layers or a TorchScript file.
 *
 * @param layers in their order; empty where the network is a TorchScript
 * @param torchscript a file that {@code torch.jit.save} wrote; null where the network is made of layers
 * @param trusted whether the TorchScript may read and write files
 * @param weights a safetensors file to start from instead of the initialisation; null for none
 */
public record Model(List<Layer> layers, String torchscript, boolean trusted, String weights) implements Serializable {
    public Model {
        layers = List.copyOf(layers);
        if (layers.isEmpty() == (torchscript == null)) {
            throw new IllegalArgumentException("A model is either layers or a torchscript: layers=" + layers.size()
                    + ", torchscript=" + torchscript);
        }
    }

    public static Model layers(Layer... layers) {
        return new Model(List.of(layers), null, false, null);
    }

    public static Model torchscript(String file) {
        return new Model(List.of(), file, false, null);
    }

    /** How many indices the first layer looks up, from 0; 0 where it takes any numbers. */
    public int indices() {
        return !layers.isEmpty() && layers.get(0) instanceof Embedding embedding ? embedding.numEmbeddings() : 0;
    }

    public Model weights(String file) {
        return new Model(layers, torchscript, trusted, file);
    }
}
