package dev.lockstep.driver.dl4j;

import java.util.Map;

/** Which of Deeplearning4j's layers we have too. A new one joins by one line. */
final class Kinds {
    /** Says a layer in ours. */
    interface Kind {
        /** @throws dev.lockstep.driver.DataException if its settings have no counterpart */
        void convert(SourceLayer layer, Translation made);
    }

    private static final Map<String, Kind> BY_CLASS = Map.ofEntries(
            Map.entry("DenseLayer", DenseKinds::dense),
            Map.entry("EmbeddingLayer", DenseKinds::embedding),
            Map.entry("EmbeddingSequenceLayer", DenseKinds::embeddingSequence),
            Map.entry("ActivationLayer", DenseKinds::activation),
            Map.entry("DropoutLayer", DenseKinds::dropout),
            Map.entry("BatchNormalization", NormalizationKinds::batch),
            Map.entry("LocalResponseNormalization", NormalizationKinds::localResponse),
            Map.entry("ConvolutionLayer", ImageKinds::convolution),
            Map.entry("Convolution2D", ImageKinds::convolution),
            Map.entry("SubsamplingLayer", ImageKinds::subsampling),
            Map.entry("GlobalPoolingLayer", ImageKinds::globalPooling),
            Map.entry("LSTM", RecurrentKinds::lstm),
            Map.entry("LastTimeStep", RecurrentKinds::lastTimeStep),
            Map.entry("FrozenLayer", (layer, made) -> convert(layer.underlying("layer"), made)),
            Map.entry("FrozenLayerWithBackprop", (layer, made) -> convert(layer.underlying("underlying"), made)),
            Map.entry("OutputLayer", OutputKinds::output),
            Map.entry("RnnOutputLayer", OutputKinds::output),
            Map.entry("LossLayer", OutputKinds::loss),
            Map.entry("RnnLossLayer", OutputKinds::loss),
            Map.entry("CnnLossLayer", OutputKinds::loss));

    private Kinds() {}

    static void convert(SourceLayer layer, Translation made) {
        Kind kind = BY_CLASS.get(layer.kind());
        if (kind == null) {
            throw layer.refusal("there is no such layer here");
        }
        Preprocessors.before(layer, made);
        kind.convert(layer, made);
    }
}
