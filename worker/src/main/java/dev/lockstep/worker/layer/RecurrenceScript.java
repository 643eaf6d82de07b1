package dev.lockstep.worker.layer;

import java.util.ArrayList;
import java.util.List;

/**
 * A recurrent layer from zero states in TorchScript's language: libtorch's own function over all its layers and
 * directions.
 *
 * @param last whether only the last layer's states after the last step are handed on
 */
record RecurrenceScript(Recurrent settings, boolean last) {
    String lstm(String x, ScriptScope script) {
        String states = List.of(zeros(x, settings.handedOn(), script), zeros(x, settings.hidden(), script))
                .toString();
        return run("lstm", x, states, script);
    }

    String gru(String x, ScriptScope script) {
        return run("gru", x, zeros(x, settings.hidden(), script), script);
    }

    private String run(String function, String x, String states, ScriptScope script) {
        String all = script.call(
                function,
                x,
                states,
                weights(script),
                settings.bias(),
                settings.layers(),
                settings.dropout(),
                ScriptScope.TRAINING,
                settings.bidirectional(),
                /* batch_first */ true);
        return last ? lastStates(script.let(all + "[1]"), script) : script.let(all + "[0]");
    }

    private String zeros(String x, int width, ScriptScope script) {
        return script.let(x + ".new_zeros([" + settings.directions() * settings.layers() + ", " + x + ".size(0), "
                + width + "])");
    }

    /** In libtorch's order: layer by layer, of each the one direction and then the other. */
    private List<String> weights(ScriptScope script) {
        List<String> names = new ArrayList<>();
        for (int layer = 0; layer < settings.layers(); layer++) {
            for (int direction = 0; direction < settings.directions(); direction++) {
                String suffix = "_l" + layer + (direction == 0 ? "" : "_reverse");
                names.add(script.tensor("weight_ih" + suffix));
                names.add(script.tensor("weight_hh" + suffix));
                if (settings.bias()) {
                    names.add(script.tensor("bias_ih" + suffix));
                    names.add(script.tensor("bias_hh" + suffix));
                }
                if (settings.projection() > 0) {
                    names.add(script.tensor("weight_hr" + suffix));
                }
            }
        }
        return names;
    }

    /** [layers · directions, examples, features] becomes [examples, directions · features] of the last layer. */
    private String lastStates(String states, ScriptScope script) {
        String forward = ScriptScope.function("select", states, 0, -settings.directions());
        return settings.bidirectional()
                ? script.call("cat", List.of(forward, ScriptScope.function("select", states, 0, -1)), 1)
                : script.let(forward);
    }
}
