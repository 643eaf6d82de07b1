package dev.lockstep.driver.model;

import dev.lockstep.driver.data.encoding.ClassNames;
import dev.lockstep.driver.data.encoding.Encoding;
import dev.lockstep.driver.data.preprocess.Chain;
import dev.lockstep.driver.data.preprocess.Preprocess;
import dev.lockstep.driver.data.preprocess.Scaling;
import dev.lockstep.driver.job.Features;
import dev.lockstep.driver.job.Model;
import dev.lockstep.driver.job.ModelFile;
import dev.lockstep.losses.CrossEntropy;
import dev.lockstep.losses.Loss;
import dev.lockstep.worker.LayeredNetwork;
import dev.lockstep.worker.NetworkSpec;
import dev.lockstep.worker.layer.Layer;
import dev.lockstep.worker.layer.Linear;
import dev.lockstep.worker.layer.Tanh;
import java.util.List;
import java.util.Random;

/** Networks of three numbers that nobody has trained: their weights are drawn. */
final class SmallModel {
    private static final Layer[] LAYERS = {new Linear(8), new Tanh(), new Linear(3)};
    private static final Preprocess SCALING =
            new Chain(List.of(new Scaling(new double[] {1, 2, 3}, new double[] {2, 4, 8})));

    private SmallModel() {}

    /** Of the classes red, green and blue. */
    static TrainedModel colours(Features features) {
        return of(features, 3, List.of("red", "green", "blue"), new CrossEntropy(), LAYERS);
    }

    static TrainedModel of(Features features, int classes, List<String> names, Loss loss, Layer... layers) {
        ModelFile file = new ModelFile(
                        Model.layers(layers), List.of(3), features, List.of("label"), SCALING, loss, List.of(), classes)
                .encoding(Encoding.NONE.classes(new ClassNames(names)));
        Weights weights = Weights.zeros(new LayeredNetwork(new NetworkSpec(layers), List.of(3)));
        Random random = new Random(5);
        for (int i = 0; i < weights.values().length; i++) {
            weights.values()[i] = (float) random.nextGaussian();
        }
        return new TrainedModel(file, List.of(weights));
    }
}
