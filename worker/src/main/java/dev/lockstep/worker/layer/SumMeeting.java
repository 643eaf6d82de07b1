package dev.lockstep.worker.layer;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** Added up, one after the other: a wide and a deep model, whose logits are one. */
public record SumMeeting() implements Meeting {
    @Override
    public int width(List<Vector> vectors) {
        return Meeting.commonWidth("sum", vectors);
    }

    @Override
    public Tensor of(List<Vector> vectors, List<Tensor> values) {
        Tensor sum = values.get(0);
        for (Tensor value : values.subList(1, values.size())) {
            sum = sum.add(value);
        }
        return sum;
    }

    @Override
    public String script(List<Vector> vectors, List<String> values, ScriptScope script) {
        return script.let(String.join(" + ", values));
    }
}
