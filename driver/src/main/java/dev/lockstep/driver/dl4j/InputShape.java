package dev.lockstep.driver.dl4j;

import dev.lockstep.driver.JobFileException;
import java.util.List;

/** The shape of one example, as far as the first layer tells it; DL4J's files do not say it. */
final class InputShape {
    private InputShape() {}

    /** @throws JobFileException if it tells none */
    static List<Integer> of(List<SourceLayer> chain, String source) {
        if (chain.isEmpty()) {
            throw untold(source, "none");
        }
        SourceLayer first = inside(chain.get(0));
        if (first.preprocessor() != null) {
            String kind = SourceLayer.kind(first.preprocessor());
            if (kind.equals("FeedForwardToCnnPreProcessor") || kind.equals("CnnToFeedForwardPreProcessor")) {
                return Preprocessors.image(first.preprocessor());
            }
            throw untold(source, kind);
        }
        return switch (first.kind()) {
            case "DenseLayer", "OutputLayer" -> List.of(first.whole("nin"));
            case "EmbeddingLayer" -> List.of(1);
            case "EmbeddingSequenceLayer" -> {
                if (first.settings().path("inputLength").asInt(0) < 1) {
                    throw untold(source, first.kind());
                }
                yield List.of(first.whole("inputLength"));
            }
            default -> throw untold(source, first.kind());
        };
    }

    private static SourceLayer inside(SourceLayer layer) {
        return layer.kind().equals("FrozenLayer")
                ? new SourceLayer(layer.name(), layer.required("layer"), layer.preprocessor())
                : layer;
    }

    private static JobFileException untold(String source, String first) {
        return new JobFileException("The file does not say the shape of an example: file=" + source + ", first layer="
                + first + ". Add --shape CHANNELS,HEIGHT,WIDTH for images, or STEPS,FEATURES for sequences.");
    }
}
