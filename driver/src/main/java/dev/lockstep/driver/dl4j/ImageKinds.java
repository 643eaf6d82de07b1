package dev.lockstep.driver.dl4j;

import dev.lockstep.worker.layer.AdaptiveAvgPool2d;
import dev.lockstep.worker.layer.AvgPool2d;
import dev.lockstep.worker.layer.Conv2d;
import dev.lockstep.worker.layer.Flatten;
import dev.lockstep.worker.layer.MaxPool2d;
import dev.lockstep.worker.layer.PaddingMode;
import dev.lockstep.worker.layer.Size2d;
import java.util.List;
import java.util.Map;

/** Deeplearning4j's layers on images. A convolution's bias is stored before its weights, and these row after row. */
final class ImageKinds {
    private ImageKinds() {}

    static void convolution(SourceLayer layer, Translation made) {
        layer.requireChannelsFirst("cnn2dDataFormat");
        int in = layer.whole("nin");
        int out = layer.whole("nout");
        requireImage(layer, made);
        if (made.shape().get(0) != in) {
            throw layer.refusal("its input must have nIn channels: input=" + made.shape() + ", nIn=" + in);
        }

        SlidingWindow window = SlidingWindow.of(layer);
        boolean bias = layer.flag("hasBias", true);
        float[] shift = made.take(bias ? out : 0, layer);
        float[] weight =
                made.take(out * in * window.kernel().height() * window.kernel().width(), layer);
        made.add(
                new Conv2d(
                        out,
                        window.kernel(),
                        window.stride(),
                        window.paddingOfConvolution(layer, made.shape()),
                        window.dilation(),
                        1,
                        bias,
                        PaddingMode.ZEROS),
                bias ? Map.of("weight", weight, "bias", shift) : Map.of("weight", weight),
                layer);
        Activations.add(layer, made);
    }

    static void subsampling(SourceLayer layer, Translation made) {
        layer.requireChannelsFirst("cnn2dDataFormat");
        requireImage(layer, made);
        SlidingWindow window = SlidingWindow.of(layer);
        SlidingWindow.Pooled pooled = window.pooled(layer, made.shape());
        String type = layer.text("poolingType", "MAX");
        if (type.equals("MAX")) {
            made.add(
                    new MaxPool2d(
                            window.kernel(), window.stride(), pooled.padding(), window.dilation(), pooled.ceilMode()),
                    layer);
            return;
        }

        if (!type.equals("AVG")) {
            throw layer.refusal("there is no such pooling here: poolingType=" + type);
        }
        boolean withPadding = layer.flag("avgPoolIncludePadInDivisor", false);
        if (!window.dilation().equals(new Size2d(1))) {
            throw layer.refusal("no pooling but of maxima is dilated here: poolingType=" + type);
        }
        if (pooled.ceilMode() && withPadding) {
            throw layer.refusal("its padding behind is counted: avgPoolIncludePadInDivisor=true");
        }
        made.add(
                new AvgPool2d(window.kernel(), window.stride(), pooled.padding(), pooled.ceilMode(), withPadding, null),
                layer);
    }

    /** DL4J's pooling over all of an image. */
    static void globalPooling(SourceLayer layer, Translation made) {
        requireImage(layer, made);
        Size2d whole = new Size2d(made.shape().get(1), made.shape().get(2));
        String type = layer.text("poolingType", "MAX");
        if (layer.has("poolingDimensions")
                && !layer.required("poolingDimensions").toString().equals("[2,3]")) {
            throw layer.refusal("it pools over other dimensions than height and width: poolingDimensions="
                    + layer.required("poolingDimensions"));
        }
        made.add(
                switch (type) {
                    case "MAX" -> new MaxPool2d(whole);
                    case "AVG" -> new AdaptiveAvgPool2d(new Size2d(1));
                    // A sum is a mean that is divided by 1.
                    case "SUM" -> new AvgPool2d(whole, null, new Size2d(0), false, true, 1);
                    default -> throw layer.refusal("there is no such pooling here: poolingType=" + type);
                },
                layer);
        if (layer.flag("collapseDimensions", true)) {
            made.add(new Flatten(), layer);
        }
    }

    private static void requireImage(SourceLayer layer, Translation made) {
        List<Integer> shape = made.shape();
        if (shape.size() != 3) {
            throw layer.refusal("its input must be [channels, height, width]: input=" + shape);
        }
    }
}
