package dev.lockstep.dl4j.saved;

import dev.lockstep.dl4j.net.Net;
import dev.lockstep.dl4j.net.Part;
import dev.lockstep.params.Parameter;
import java.util.List;

/**
 * One tensor of a saved network.
 *
 * @param parameter with its extents in the order in which its values lie there, outermost first
 * @param start in Deeplearning4j's flat vector
 * @param kept whether it is not trained: statistics, and what is frozen
 * @param moves whether DL4J's gradient of it is by how much less it becomes, as that of running statistics
 */
record Piece(Parameter parameter, int start, boolean kept, boolean moves) {
    static List<Piece> of(Net net) {
        return net.parts().stream().map(Piece::of).toList();
    }

    private static Piece of(Part part) {
        Parameter parameter = new Parameter(part.layer() + "." + part.key(), extents(part.shape()));
        return new Piece(parameter, part.start(), part.frozen() || part.moves(), part.moves() && !part.frozen());
    }

    /** DL4J's matrices lie column after column, and its vectors are matrices of one row. */
    private static List<Integer> extents(List<Integer> shape) {
        if (shape.size() != 2) {
            return shape;
        }
        return shape.get(0) == 1 ? shape.subList(1, 2) : List.of(shape.get(1), shape.get(0));
    }
}
