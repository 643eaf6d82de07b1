package dev.lockstep.worker.layer;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * One of the tensors that meet in a network: numbers, the vectors of a column of categories, or what layers make of
 * several of these.
 */
interface Party {
    /** As messages call it. */
    String name();

    /** Extents of one example. */
    List<Integer> shape();

    Tensor of(Columns columns, Pass pass);

    /** Writes the same in TorchScript's language and returns its name. */
    String script(Columns.Script columns, ScriptScope script);
}
