package dev.lockstep.worker.layer;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Some of an example's numbers.
 *
 * @param places among the numbers
 * @param shape of as many
 */
record Numbers(String name, List<Integer> places, List<Integer> shape) implements Party {
    private record Run(int start, int count) {}

    /** Neighbours are taken together. */
    private List<Run> runs() {
        List<Run> runs = new ArrayList<>();
        for (int end = 1, start = 0; end <= places.size(); end++) {
            if (end == places.size() || places.get(end) != places.get(end - 1) + 1) {
                runs.add(new Run(places.get(start), end - start));
                start = end;
            }
        }
        return runs;
    }

    @Override
    public Tensor of(Columns columns, Pass pass) {
        TensorVector taken = new TensorVector();
        for (Run run : runs()) {
            taken.push_back(columns.numbers().narrow(1, run.start(), run.count()));
        }
        Tensor joined = taken.size() == 1 ? taken.get(0) : torch.cat(taken, 1);
        return joined.reshape(batched(columns.numbers().size(0)));
    }

    private long[] batched(long examples) {
        long[] extents = new long[1 + shape.size()];
        extents[0] = examples;
        for (int d = 0; d < shape.size(); d++) {
            extents[1 + d] = shape.get(d);
        }
        return extents;
    }

    @Override
    public String script(Columns.Script columns, ScriptScope script) {
        List<String> taken = new ArrayList<>();
        for (Run run : runs()) {
            taken.add(script.call("narrow", columns.numbers(), 1, run.start(), run.count()));
        }
        String joined = taken.size() == 1 ? taken.get(0) : script.call("cat", taken, 1);
        List<Integer> extents = new ArrayList<>(shape);
        extents.add(0, -1);
        return script.call("reshape", joined, extents);
    }
}
