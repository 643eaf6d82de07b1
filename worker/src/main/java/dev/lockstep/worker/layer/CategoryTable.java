package dev.lockstep.worker.layer;

import dev.lockstep.losses.NumberChecks;
import dev.lockstep.params.init.LayerDefaults;
import java.io.Serializable;
import java.util.List;

/**
 * A vector for each category of a column, as {@code torch.nn.Embedding}. Row 0 is of what is unknown: it starts as 0,
 * and is trained like the others.
 *
 * @param name a step of the path in {@code state_dict}
 * @param rows how many categories there are, the unknown one among them
 * @param sparse whether the gradient is a list of the rows that the share names, which alone travel and are updated
 */
public record CategoryTable(String name, int rows, int width, boolean sparse) implements Serializable {
    private static final int UNKNOWN = 0;

    public CategoryTable {
        NumberChecks.requirePositive("rows", rows);
        NumberChecks.requirePositive("width", width);
        if (name.isEmpty() || name.indexOf('.') >= 0) {
            throw new IllegalArgumentException("Table's name must be one step of a path: name=" + name);
        }
    }

    CategoryTable width(int changed) {
        return new CategoryTable(name, rows, changed, sparse);
    }

    /** Declares the vectors and returns their key in a {@link Pass}. */
    int declare(Scope embeddings) {
        Scope own = embeddings.within(name);
        List<Integer> shape = List.of(rows, width);
        ZeroRow init = new ZeroRow(LayerDefaults.embedding(), UNKNOWN, /* trained */ true);
        return sparse ? own.sparseParameter("weight", shape, init) : own.parameter("weight", shape, init);
    }
}
