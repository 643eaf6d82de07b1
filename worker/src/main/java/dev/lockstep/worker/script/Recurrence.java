package dev.lockstep.worker.script;

import java.util.ArrayList;
import java.util.List;

/**
 * A recurrent layer from zero states, with libtorch's own function over all its layers and directions.
 *
 * @param projection size of what is handed on; 0 for the hidden size
 * @param last whether only the last layer's states after the last step are handed on
 */
record Recurrence(
        int hidden, int layers, boolean bias, double dropout, boolean bidirectional, int projection, boolean last) {

    String lstm(String x, Place at) {
        String states = List.of(zeros(x, projection == 0 ? hidden : projection, at), zeros(x, hidden, at))
                .toString();
        return run("lstm", x, states, at);
    }

    String gru(String x, Place at) {
        return run("gru", x, zeros(x, hidden, at), at);
    }

    private String run(String function, String x, String states, Place at) {
        String all = at.call(
                function,
                x,
                states,
                weights(at),
                bias,
                layers,
                dropout,
                Place.TRAINING,
                bidirectional,
                /* batch_first */ true);
        return last ? lastStates(at.let(all + "[1]"), at) : at.let(all + "[0]");
    }

    private String zeros(String x, int width, Place at) {
        return at.let(x + ".new_zeros([" + directions() * layers + ", " + x + ".size(0), " + width + "])");
    }

    private int directions() {
        return bidirectional ? 2 : 1;
    }

    /** In libtorch's order: layer by layer, of each the one direction and then the other. */
    private List<String> weights(Place at) {
        List<String> names = new ArrayList<>();
        for (int layer = 0; layer < layers; layer++) {
            for (int direction = 0; direction < directions(); direction++) {
                String suffix = "_l" + layer + (direction == 0 ? "" : "_reverse");
                names.add(at.tensor("weight_ih" + suffix));
                names.add(at.tensor("weight_hh" + suffix));
                if (bias) {
                    names.add(at.tensor("bias_ih" + suffix));
                    names.add(at.tensor("bias_hh" + suffix));
                }
                if (projection > 0) {
                    names.add(at.tensor("weight_hr" + suffix));
                }
            }
        }
        return names;
    }

    /** [layers · directions, examples, features] becomes [examples, directions · features] of the last layer. */
    private String lastStates(String states, Place at) {
        String forward = Program.call("select", states, 0, -directions());
        return bidirectional
                ? at.call("cat", List.of(forward, Program.call("select", states, 0, -1)), 1)
                : at.let(forward);
    }
}
