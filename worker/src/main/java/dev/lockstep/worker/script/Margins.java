package dev.lockstep.worker.script;

import dev.lockstep.worker.layer.Padding;
import dev.lockstep.worker.layer.PaddingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a convolution adds around its input: by libtorch's convolution itself where it can, which is with zeros and as many before as behind.
 *
 * @param before in each direction
 * @param behind in each direction
 */
record Margins(List<Integer> before, List<Integer> behind, PaddingMode mode) {
    static Margins of(Padding padding, PaddingMode mode, List<Integer> kernel, List<Integer> dilation) {
        List<Integer> before = new ArrayList<>();
        List<Integer> behind = new ArrayList<>();
        for (int d = 0; d < kernel.size(); d++) {
            before.add(padding.before(d, kernel.get(d), dilation.get(d)));
            behind.add(padding.total(d, kernel.get(d), dilation.get(d)) - before.get(d));
        }
        return new Margins(before, behind, mode);
    }

    private boolean even() {
        return mode == PaddingMode.ZEROS && before.equals(behind);
    }

    /** What the convolution itself adds. */
    List<Integer> own() {
        return even() ? before : Collections.nCopies(before.size(), 0);
    }

    /** The input with what the convolution cannot add; the last direction comes first here. */
    String added(String x, Place at) {
        if (even()) {
            return x;
        }

        List<Integer> sizes = new ArrayList<>();
        for (int d = before.size() - 1; d >= 0; d--) {
            sizes.add(before.get(d));
            sizes.add(behind.get(d));
        }
        return at.call("pad", x, sizes, "\"" + mode.torch() + "\"");
    }
}
