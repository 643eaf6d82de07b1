package dev.lockstep.worker.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * The dot product of every two, as in DLRM of Naumov et al. (2019).
 *
 * <pre>
 *   y = [kept, v₁·v₀, v₂·v₀, v₂·v₁, v₃·v₀, ...]
 * </pre>
 *
 * @param keep inputs that stand in front of the products as well
 */
public record DotMeeting(List<String> keep) implements Meeting {
    public DotMeeting {
        keep = List.copyOf(keep);
    }

    public DotMeeting() {
        this(List.of());
    }

    @Override
    public int width(List<Vector> vectors) {
        int width = Meeting.commonWidth("dot", vectors);
        for (String kept : keep) {
            if (vectors.stream().noneMatch(vector -> vector.input().equals(kept))) {
                throw new IllegalArgumentException("keep must name an input: keep=" + kept + ", vectors=" + vectors);
            }
        }
        if (vectors.size() < 2) {
            throw new IllegalArgumentException("What meets by dot must be two vectors or more: vectors=" + vectors);
        }
        return Math.addExact(kept(vectors).size() * width, pairs(vectors.size()).size());
    }

    @Override
    public Tensor of(List<Vector> vectors, List<Tensor> values) {
        int count = vectors.size();
        Tensor all = torch.stack(new TensorVector(values.toArray(Tensor[]::new)), 1);
        Tensor products = torch.bmm(all, all.transpose(1, 2)).reshape(-1, (long) count * count);
        Tensor places =
                AbstractTensor.create(pairs(count).stream().mapToLong(i -> i).toArray());
        TensorVector results = new TensorVector();
        kept(vectors).forEach(i -> results.push_back(values.get(i)));
        results.push_back(products.index_select(1, places.to(products.device(), places.scalar_type())));
        return torch.cat(results, 1);
    }

    @Override
    public String script(List<Vector> vectors, List<String> values, ScriptScope script) {
        int count = vectors.size();
        String all = script.call("stack", values, 1);
        String products = script.call("bmm", all, ScriptScope.function("transpose", all, 1, 2));
        String places = script.let("torch.tensor(" + pairs(count) + ", device=x.device)");
        List<String> results = new ArrayList<>();
        kept(vectors).forEach(i -> results.add(values.get(i)));
        results.add(script.call("index_select", ScriptScope.function("flatten", products, 1), 1, places));
        return script.call("cat", results, 1);
    }

    private List<Integer> kept(List<Vector> vectors) {
        return keep.stream()
                .flatMap(input -> IntStream.range(0, vectors.size())
                        .filter(i -> vectors.get(i).input().equals(input))
                        .boxed())
                .toList();
    }

    /** Where those below the diagonal of the matrix of all products are, row after row. */
    private static List<Integer> pairs(int count) {
        return IntStream.range(0, count)
                .boxed()
                .flatMap(i -> IntStream.range(0, i).mapToObj(j -> i * count + j))
                .toList();
    }
}
