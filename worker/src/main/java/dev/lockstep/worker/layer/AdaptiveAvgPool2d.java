package dev.lockstep.worker.layer;

import static org.bytedeco.pytorch.global.torch.adaptive_avg_pool2d;

import java.util.List;

/**
 * Means over windows chosen so that an image of a given size comes out, as {@code torch.nn.AdaptiveAvgPool2d}.
 *
 * @param out the size; 1 for the mean of each channel
 */
public record AdaptiveAvgPool2d(Size2d out) implements Layer {
    public AdaptiveAvgPool2d {
        out.requireAtLeast(1, "out");
    }

    @Override
    public Unit unit(List<Integer> input, Scope scope) {
        if (input.size() != 3) {
            throw scope.refuse(input, "[channels, height, width]");
        }

        long[] size = out.asLongs();
        return new Unit(List.of(input.get(0), out.height(), out.width()), (x, pass) -> adaptive_avg_pool2d(x, size));
    }

    @Override
    public String torchScript(List<Integer> input, String x, ScriptScope script) {
        return script.call("adaptive_avg_pool2d", x, out);
    }
}
