package dev.lockstep.worker.layer;

import static org.bytedeco.pytorch.global.torch.flatten;

import java.util.List;

/** Every example as one row of values, last index fastest, as {@code torch.nn.Flatten} with its defaults. */
public record Flatten() implements Layer {
    @Override
    public Unit unit(List<Integer> input, Scope scope) {
        int size = input.stream().reduce(1, Math::multiplyExact);
        return new Unit(List.of(size), (x, pass) -> flatten(x, 1, -1));
    }
}
