package dev.lockstep.driver.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.driver.signal.LayerSignal;
import dev.lockstep.worker.layerstats.Fp16Shares;
import dev.lockstep.worker.layerstats.LayerFigures;

/** One layer's signal in the metrics file; what the layer does not have is not there. */
final class SignalLine {
    private SignalLine() {}

    static ObjectNode of(LayerSignal layer) {
        LayerFigures figures = layer.figures();
        ObjectNode line = JsonNodeFactory.instance
                .objectNode()
                .put("layer", layer.layer())
                .put("activation", (float) figures.activation());
        if (!Double.isNaN(figures.saturated())) {
            line.put("saturated", (float) figures.saturated());
        }
        line.put("dead", (float) figures.dead())
                .put("forwards", layer.forwards().toString());
        if (layer.backwards() != null) {
            line.put("gradient", (float) figures.gradient())
                    .put("backwards", layer.backwards().toString());
        }
        ObjectNode fp16 = line.putObject("fp16");
        put(fp16.putObject("activations"), figures.fp16().activations());
        if (layer.backwards() != null) {
            put(fp16.putObject("gradients"), figures.fp16().gradients());
        }
        return line;
    }

    private static void put(ObjectNode node, Fp16Shares shares) {
        node.put("infinite", (float) shares.infinite())
                .put("zero", (float) shares.zero())
                .put("subnormal", (float) shares.subnormal());
    }
}
