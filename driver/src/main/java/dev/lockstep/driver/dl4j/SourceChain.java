package dev.lockstep.driver.dl4j;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.driver.DataException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** The layers of a configuration one after the other: a MultiLayerNetwork's, or a graph's that is a chain. */
final class SourceChain {
    private SourceChain() {}

    /** @throws DataException if it is neither */
    static List<SourceLayer> of(JsonNode configuration, String source) {
        if (configuration.path("confs").isArray()) {
            return ofLayers(configuration);
        }
        if (configuration.path("vertices").isObject()) {
            return ofGraph(configuration);
        }
        throw new DataException(
                "The configuration is neither a MultiLayerNetwork's nor a ComputationGraph's: file=" + source);
    }

    private static List<SourceLayer> ofLayers(JsonNode configuration) {
        List<SourceLayer> layers = new ArrayList<>();
        for (JsonNode conf : configuration.get("confs")) {
            String place = Integer.toString(layers.size());
            JsonNode preprocessor = configuration.path("inputPreProcessors").path(place);
            layers.add(layer(place, conf, preprocessor));
        }
        return layers;
    }

    private static SourceLayer layer(String place, JsonNode conf, JsonNode preprocessor) {
        JsonNode settings = conf.path("layer");
        String given = settings.path("layerName").asText(place);
        String name = given.isEmpty() || given.equals("null") ? place : given;
        return new SourceLayer(name, settings, preprocessor.isObject() ? preprocessor : null);
    }

    private static List<SourceLayer> ofGraph(JsonNode graph) {
        if (graph.path("networkInputs").size() != 1
                || graph.path("networkOutputs").size() != 1) {
            throw notAChain("networkInputs=" + graph.path("networkInputs") + ", networkOutputs="
                    + graph.path("networkOutputs"));
        }

        List<SourceLayer> layers = new ArrayList<>();
        String last = graph.get("networkInputs").get(0).asText();
        while (layers.size() < graph.get("vertices").size()) {
            String name = next(last, graph.path("vertexInputs"));
            JsonNode vertex = graph.get("vertices").path(name);
            if (!SourceLayer.kind(vertex).equals("LayerVertex")) {
                throw new SourceLayer(name, vertex, null).refusal("it is a vertex and no layer");
            }
            layers.add(layer(name, vertex.path("layerConf"), vertex.path("preProcessor")));
            last = name;
        }
        if (!last.equals(graph.get("networkOutputs").get(0).asText())) {
            throw notAChain("last=" + last + ", networkOutputs=" + graph.get("networkOutputs"));
        }
        return layers;
    }

    /** The only vertex that takes what this one gives. */
    private static String next(String before, JsonNode vertexInputs) {
        List<String> followers = new ArrayList<>();
        for (Iterator<Map.Entry<String, JsonNode>> all = vertexInputs.fields(); all.hasNext(); ) {
            Map.Entry<String, JsonNode> vertex = all.next();
            for (JsonNode input : vertex.getValue()) {
                if (input.asText().equals(before)) {
                    followers.add(vertex.getKey());
                }
            }
        }
        if (followers.size() != 1) {
            throw notAChain("vertex=" + before + ", followers=" + followers);
        }
        String follower = followers.get(0);
        if (vertexInputs.get(follower).size() != 1) {
            throw notAChain("vertex=" + follower + ", inputs=" + vertexInputs.get(follower));
        }
        return follower;
    }

    private static DataException notAChain(String values) {
        return new DataException("A graph must be a chain of layers to be converted: " + values);
    }
}
