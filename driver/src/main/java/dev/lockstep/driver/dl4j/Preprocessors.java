package dev.lockstep.driver.dl4j;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.worker.layer.Dropout;
import dev.lockstep.worker.layer.Dropout2d;
import dev.lockstep.worker.layer.Flatten;
import java.util.List;

/** What Deeplearning4j does to a layer's input before the layer has it. */
final class Preprocessors {
    private Preprocessors() {}

    static void before(SourceLayer layer, Translation made) {
        if (layer.preprocessor() != null) {
            reshape(layer, made);
        }
        if (layer.has("idropout")) {
            dropout(layer, layer.required("idropout"), made);
        }
    }

    private static void reshape(SourceLayer layer, Translation made) {
        String kind = SourceLayer.kind(layer.preprocessor());
        boolean first = made.layers().isEmpty();
        switch (kind) {
            case "CnnToFeedForwardPreProcessor" -> {
                requireChannelsFirst(layer);
                made.add(new Flatten(), layer);
            }
            case "FeedForwardToCnnPreProcessor" -> {
                if (!first && made.shape().size() != image(layer.preprocessor()).size()) {
                    throw layer.refusal("its input is made an image of behind the first layer");
                }
            }
            case "RnnToFeedForwardPreProcessor", "FeedForwardToRnnPreProcessor" -> {
                // A linear layer here takes sequences as they are: steps in front, features last.
            }
            default -> throw layer.refusal("there is no such preprocessor here: preprocessor=" + kind);
        }
    }

    private static void requireChannelsFirst(SourceLayer layer) {
        String format = layer.preprocessor().path("format").asText("NCHW");
        if (!format.equals("NCHW") && !format.equals("null")) {
            throw layer.refusal("its images have their channels last: format=" + format);
        }
    }

    /** Channels, height and width of a preprocessor for images. */
    static List<Integer> image(JsonNode preprocessor) {
        return List.of(
                preprocessor.path("numChannels").asInt(),
                preprocessor.path("inputHeight").asInt(),
                preprocessor.path("inputWidth").asInt());
    }

    /** DL4J's p is what stays, and ours what goes. */
    private static void dropout(SourceLayer layer, JsonNode dropout, Translation made) {
        String kind = SourceLayer.kind(dropout);
        double p = SourceLayer.rest(dropout.path("p").asDouble(1));
        if (dropout.path("pSchedule").isObject()) {
            throw layer.refusal("its dropout has a schedule");
        }
        switch (kind) {
            case "Dropout" -> made.add(new Dropout(p), layer);
            case "SpatialDropout" -> made.add(new Dropout2d(p), layer);
            default -> throw layer.refusal("there is no such dropout here: dropout=" + kind);
        }
    }
}
