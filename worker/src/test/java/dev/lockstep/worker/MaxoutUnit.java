package dev.lockstep.worker;

import static dev.lockstep.worker.Close.assertClose;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.worker.Golden.Values;
import dev.lockstep.worker.layer.Layer;
import dev.lockstep.worker.layer.Linear;
import dev.lockstep.worker.layer.Maxout;
import dev.lockstep.worker.layer.Scope;
import dev.lockstep.worker.layer.Stack;
import dev.lockstep.worker.layer.Unit;
import java.util.List;

/**
 * Goodfellow's maxout unit as a linear layer and a maxout: {@code y[n, o] = max over k of (x Wₖᵀ + bₖ)}. Stored with
 * the pieces outermost, here they are innermost.
 */
final class MaxoutUnit {
    private MaxoutUnit() {}

    static void check(JsonNode json, double tolerance) {
        Values input = Values.of(json.get("inputs").get("input"));
        Values weight = Values.of(json.get("inputs").get("weight"));
        int pieces = weight.shape().get(0);
        int outputs = weight.shape().get(1);
        int features = weight.shape().get(2);
        LayerProbe probe = new LayerProbe(new Both(outputs, pieces), List.of(features));
        probe.setParameter("0.weight", regrouped(weight.data(), pieces, outputs, features));
        probe.setParameter(
                "0.bias", regrouped(Values.of(json.get("inputs").get("bias")).data(), pieces, outputs, 1));

        double[] upstream = Values.of(json.get("upstream")).data();
        double[] value = probe.run(input, upstream, /* training */ true);
        JsonNode grads = json.get("grads");
        assertClose(Values.of(json.get("value")).data(), value, tolerance, "value");
        assertClose(Values.of(grads.get("input")).data(), probe.inputGradient(), tolerance, "gradient");
        double[] slope = regrouped(Values.of(grads.get("weight")).data(), pieces, outputs, features);
        assertClose(slope, probe.parameterGradient("0.weight"), tolerance, "weight's gradient");
        double[] shift = regrouped(Values.of(grads.get("bias")).data(), pieces, outputs, 1);
        assertClose(shift, probe.parameterGradient("0.bias"), tolerance, "bias's gradient");
    }

    /** [pieces, outputs, width] to [outputs, pieces, width]. */
    private static double[] regrouped(double[] values, int pieces, int outputs, int width) {
        double[] grouped = new double[values.length];
        for (int k = 0; k < pieces; k++) {
            for (int o = 0; o < outputs; o++) {
                System.arraycopy(values, (k * outputs + o) * width, grouped, (o * pieces + k) * width, width);
            }
        }

        return grouped;
    }

    /** Two layers as one. */
    private record Both(int outputs, int pieces) implements Layer {
        @Override
        public Unit unit(List<Integer> input, Scope scope) {
            return Stack.unit(List.of(new Linear(outputs * pieces), new Maxout(pieces)), input, scope);
        }
    }
}
