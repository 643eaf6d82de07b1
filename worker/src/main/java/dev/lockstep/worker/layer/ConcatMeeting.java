package dev.lockstep.worker.layer;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Side by side. */
public record ConcatMeeting() implements Meeting {
    @Override
    public int width(List<Vector> vectors) {
        return vectors.stream().mapToInt(Vector::width).reduce(0, Math::addExact);
    }

    @Override
    public Tensor of(List<Vector> vectors, List<Tensor> values) {
        return torch.cat(new TensorVector(values.toArray(Tensor[]::new)), 1);
    }

    @Override
    public String script(List<Vector> vectors, List<String> values, ScriptScope script) {
        return script.call("cat", values, 1);
    }
}
