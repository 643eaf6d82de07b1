package dev.lockstep.worker.torchscript;

import dev.lockstep.worker.Natives;
import dev.lockstep.worker.Tensors;
import dev.lockstep.worker.layer.Indices;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** In what form a TorchScript takes its examples; its file does not say. */
enum Feed {
    /**
     * Images with the channels last, which convolutions like best; a program that calls {@code view} may refuse them.
     */
    CHANNELS_LAST {
        @Override
        Tensor of(Tensor input) {
            return input.dim() == 4 ? input.contiguous(MemoryFormat.ChannelsLast) : input;
        }
    },
    PLAIN {
        @Override
        Tensor of(Tensor input) {
            return input;
        }
    },
    /** Whole numbers, as embeddings want them. */
    INDICES {
        @Override
        Tensor of(Tensor input) {
            return Indices.whole(input, "torchscript");
        }
    };

    private static final int EXAMPLES = 2;

    abstract Tensor of(Tensor input);

    /**
     * The first form that the program takes.
     *
     * @throws IllegalArgumentException if it takes none
     */
    static Feed thatFits(Script script, List<Integer> inputShape) {
        RuntimeException refusal = null;
        for (Feed feed : values()) {
            try {
                feed.outputShape(script, inputShape);
                return feed;
            } catch (RuntimeException e) {
                refusal = refusal == null || feed == PLAIN ? e : refusal;
            }
        }

        throw new IllegalArgumentException(
                "TorchScript does not take such examples: shape of one=" + inputShape + ", reason="
                        + Tensors.reason(refusal),
                refusal);
    }

    /** What comes out for one example. */
    List<Integer> outputShape(Script script, List<Integer> inputShape) {
        return Natives.freeingWithoutGradients(() -> {
            Tensor zeros = Tensors.zeros(ScalarType.Float, Tensors.batch(EXAMPLES, inputShape));
            List<Integer> shape = Tensors.shape(script.forward(of(zeros), /* training */ false));
            if (shape.isEmpty() || shape.get(0) != EXAMPLES) {
                throw new IllegalArgumentException(
                        "TorchScript must give a row per example: examples=" + EXAMPLES + ", result=" + shape);
            }
            return List.copyOf(shape.subList(1, shape.size()));
        });
    }
}
