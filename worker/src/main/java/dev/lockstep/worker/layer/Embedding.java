package dev.lockstep.worker.layer;

import static org.bytedeco.pytorch.global.torch.embedding;

import dev.lockstep.losses.NumberChecks;
import dev.lockstep.params.init.Initializer;
import dev.lockstep.params.init.LayerDefaults;
import java.util.ArrayList;
import java.util.List;

/**
 * A row of the weight for each index of the input, as {@code torch.nn.Embedding}.
 *
 * <pre>
 *   y[n, ..., :] = W[x[n, ...], :]        W [num_embeddings, embedding_dim]
 * </pre>
 *
 * @param paddingIdx a row that is 0 at the start and takes no gradient; null for none
 * @param scaleGradByFreq whether each row's gradient is divided by how often the share names it
 * @param sparse whether the gradient is a list of the rows that the share names, which alone travel and are updated;
 *     not with {@code scaleGradByFreq}
 */
public record Embedding(
        int numEmbeddings, int embeddingDim, Integer paddingIdx, boolean scaleGradByFreq, boolean sparse)
        implements Layer {
    /** What TorchScript calls whole numbers of 64 bits. */
    private static final int SCRIPT_LONG = 4;

    public Embedding {
        NumberChecks.requirePositive("num_embeddings", numEmbeddings);
        NumberChecks.requirePositive("embedding_dim", embeddingDim);
        if (paddingIdx != null && (paddingIdx < 0 || paddingIdx >= numEmbeddings)) {
            throw new IllegalArgumentException("padding_idx must be below num_embeddings: padding_idx=" + paddingIdx
                    + ", num_embeddings=" + numEmbeddings);
        }
        if (scaleGradByFreq && sparse) {
            throw new IllegalArgumentException("scale_grad_by_freq does not go with a sparse gradient: sparse=true");
        }
    }

    public Embedding(int numEmbeddings, int embeddingDim) {
        this(numEmbeddings, embeddingDim, null, false, false);
    }

    @Override
    public Unit unit(List<Integer> input, Scope scope) {
        Initializer normal = LayerDefaults.embedding();
        Initializer init = paddingIdx == null ? normal : new ZeroRow(normal, paddingIdx, /* trained */ false);
        List<Integer> table = List.of(numEmbeddings, embeddingDim);
        int w = sparse ? scope.sparseParameter("weight", table, init) : scope.parameter("weight", table, init);
        List<Integer> output = new ArrayList<>(input);
        output.add(embeddingDim);
        int padding = paddingIdx == null ? -1 : paddingIdx;
        String where = scope.toString();
        return new Unit(
                output,
                (x, pass) -> embedding(
                        pass.parameter(w), Indices.ofRows(numEmbeddings, x, where), padding, scaleGradByFreq, sparse));
    }

    @Override
    public String torchScript(List<Integer> input, String x, ScriptScope script) {
        return script.call(
                "embedding",
                script.tensor("weight"),
                ScriptScope.function("to", x, SCRIPT_LONG),
                paddingIdx == null ? -1 : paddingIdx,
                scaleGradByFreq);
    }
}
