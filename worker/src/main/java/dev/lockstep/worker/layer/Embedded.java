package dev.lockstep.worker.layer;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The vectors of a column of categories.
 *
 * @param place among the columns of categories
 * @param path of the embeddings among which the table is, within the network
 * @param key of the table in a {@link Pass}
 */
record Embedded(String name, CategoryTable table, int place, List<String> path, int key) implements Party {
    private static final int NO_PADDING = -1;

    @Override
    public List<Integer> shape() {
        return List.of(table.width());
    }

    @Override
    public Tensor of(Columns columns, Pass pass) {
        Tensor rows = columns.categories().select(1, place);
        return torch.embedding(pass.parameter(key), rows, NO_PADDING, /* scale_grad_by_freq */ false, table.sparse());
    }

    @Override
    public String script(Columns.Script columns, ScriptScope script) {
        ScriptScope own = script;
        for (String step : path) {
            own = own.within(step);
        }
        return script.call(
                "embedding",
                own.within(table.name()).tensor("weight"),
                ScriptScope.function("select", columns.categories(), 1, place),
                NO_PADDING,
                false);
    }
}
