package dev.lockstep.worker;

import dev.lockstep.losses.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** What a module makes of examples. One thread at a time. */
record Outputs(TorchModule module, FeatureLoader inputs) {
    /** Predictions are made for so many examples at a time, which bounds the activations' memory. */
    private static final int PIECE = 256;

    /** One row per example, in evaluation mode. */
    Tensor predict(Examples share) {
        PredictionRows rows = new PredictionRows(share.count());
        for (int start = 0; start < share.count(); start += PIECE) {
            int first = start;
            int count = Math.min(PIECE, share.count() - start);
            rows.add(Natives.freeingWithoutGradients(
                    () -> Tensors.doubles(of(share, first, count, /* training */ false))));
        }
        return rows.tensor();
    }

    /** Of some of the examples, not copied; of several groups the module sees one after the other. */
    org.bytedeco.pytorch.Tensor of(Examples share, int start, int count, boolean training) {
        int groups = share.features().length;
        if (groups == 1) {
            return module.forward(inputs.load(share, 0, start, count), training);
        }

        TensorVector outputs = new TensorVector();
        for (int group = 0; group < groups; group++) {
            outputs.push_back(module.forward(inputs.load(share, group, start, count), training));
        }
        return torch.stack(outputs, 1);
    }
}
