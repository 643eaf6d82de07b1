package dev.lockstep.worker.torchscript;

import dev.lockstep.worker.Blueprint;
import dev.lockstep.worker.Placement;
import dev.lockstep.worker.TorchModule;
import dev.lockstep.worker.TorchNetwork;
import dev.lockstep.worker.layer.LayerInfo;
import dev.lockstep.worker.safetensors.NamedValues;
import java.nio.file.Path;
import java.util.List;

/**
 * A network that {@code torch.jit.save} wrote. It takes one tensor, examples first, and gives one.
 *
 * <p>Its tensors keep their names. Parameters that require a gradient are trained; the others are kept with the
 * buffers. Both start from the values in the file. Immutable.
 */
public final class TorchScriptNetwork implements TorchNetwork {
    private final byte[] program;
    private final boolean trusted;
    private final Blueprint blueprint;
    private final Feed feed;

    /** A program that may only compute; see {@link #TorchScriptNetwork(byte[], List, boolean)}. */
    public TorchScriptNetwork(byte[] program, List<Integer> inputShape) {
        this(program, inputShape, /* trusted */ false);
    }

    /**
     * Loads the program once to see what is in it, and runs it on zeros.
     *
     * @param program the file's bytes; not copied
     * @param inputShape extents of one example
     * @param trusted whether its code may read and write files, as that of whoever starts this process may
     * @throws UntrustedScriptException if it could, and is not trusted; nothing of it has run then
     * @throws IllegalArgumentException if it cannot be read, trains nothing, or does not take such examples
     */
    public TorchScriptNetwork(byte[] program, List<Integer> inputShape, boolean trusted) {
        this.program = program;
        this.trusted = trusted;
        try (Script script = Script.load(program, trusted)) {
            this.feed = Feed.thatFits(script, inputShape);
            List<Integer> outputShape = feed.outputShape(script, inputShape);
            // Its inner layers cannot be seen: the whole program counts as one.
            LayerInfo whole = new LayerInfo("torchscript", outputShape, /* weighted */ true, /* bounds */ null);
            this.blueprint =
                    new Blueprint(script.parameters(), script.buffers(), inputShape, outputShape, List.of(whole));
        }
        if (blueprint.parameters().isEmpty()) {
            throw new IllegalArgumentException("TorchScript has nothing to train: parameters that require a gradient=0."
                    + " Save it with torch.jit.save before torch.jit.freeze");
        }
    }

    @Override
    public Blueprint blueprint() {
        return blueprint;
    }

    @Override
    public TorchModule module(Placement place) {
        return new ScriptModule(Script.load(program, trusted), feed, place);
    }

    @Override
    public void writeTorchScript(List<NamedValues> tensors, Path file) {
        try (Script script = Script.load(program, trusted)) {
            script.put(tensors);
            script.module().eval();
            script.module().save(file.toString());
        }
    }
}
