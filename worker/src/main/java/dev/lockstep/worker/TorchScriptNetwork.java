package dev.lockstep.worker;

import dev.lockstep.losses.Loss;
import dev.lockstep.worker.check.LossSurface;
import dev.lockstep.worker.layer.BufferInit;
import dev.lockstep.worker.layer.LayerInfo;
import dev.lockstep.worker.layer.ParameterInit;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A network that {@code torch.jit.save} wrote. It takes one tensor, examples first, and gives one.
 *
 * <p>Its tensors keep their names. Parameters that require a gradient are trained; the others are kept with the buffers. Both start from
 * the values in the file. Immutable.
 */
public final class TorchScriptNetwork implements Network {
    private final byte[] program;
    private final List<Integer> inputShape;
    private final List<Integer> outputShape;
    private final List<ParameterInit> parameters;
    private final List<BufferInit> buffers;
    private final Feed feed;

    /**
     * Loads the program once to see what is in it, and runs it on zeros.
     *
     * @param program the file's bytes; not copied
     * @param inputShape extents of one example
     * @throws IllegalArgumentException if it cannot be read, trains nothing, or does not take such examples
     */
    public TorchScriptNetwork(byte[] program, List<Integer> inputShape) {
        this.program = program;
        this.inputShape = List.copyOf(inputShape);
        try (Script script = Script.load(program)) {
            this.parameters = script.parameters();
            this.buffers = script.buffers();
            this.feed = Feed.thatFits(script, this.inputShape);
            this.outputShape = feed.outputShape(script, this.inputShape);
        }
        if (parameters.isEmpty()) {
            throw new IllegalArgumentException("TorchScript has nothing to train: parameters that require a gradient=0."
                    + " Save it with torch.jit.save before torch.jit.freeze");
        }
    }

    @Override
    public List<ParameterInit> parameters() {
        return parameters;
    }

    @Override
    public List<BufferInit> buffers() {
        return buffers;
    }

    @Override
    public List<Integer> inputShape() {
        return inputShape;
    }

    @Override
    public List<Integer> outputShape() {
        return outputShape;
    }

    @Override
    public void writeTorchScript(List<NamedValues> tensors, Path file) {
        try (Script script = Script.load(program)) {
            script.put(tensors);
            script.module().eval();
            script.module().save(file.toString());
        }
    }

    @Override
    public List<LayerInfo> layers() {
        return List.of(new LayerInfo("torchscript", outputShape, /* weighted */ true, /* bounds */ null));
    }

    @Override
    public LossSurface lossSurface(Loss loss, Examples share, long seed, int threads) {
        ReplicaSettings settings = new ReplicaSettings(threads, Device.CPU);
        return new TorchLossSurface(this, replica(loss, settings, ScalarType.Double), share, seed);
    }

    @Override
    public Replica replica(Loss loss, ReplicaSettings settings) {
        return replica(loss, settings, ScalarType.Float);
    }

    private TorchReplica replica(Loss loss, ReplicaSettings settings, ScalarType type) {
        ScriptBody body = new ScriptBody(Script.load(program), feed, settings.device());
        return TorchReplica.of(this, body, loss, settings, type);
    }
}
