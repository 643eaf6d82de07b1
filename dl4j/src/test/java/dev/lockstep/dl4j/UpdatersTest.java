package dev.lockstep.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.AdaMax;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Every updater of Deeplearning4j, through one and two workers, against its own single process. */
@Tag("spark")
class UpdatersTest extends OnLocalSpark {
    static Stream<IUpdater> updaters() {
        return Stream.of(
                new Sgd(0.1),
                new Nesterovs(0.1, 0.9),
                new Adam(0.01),
                new AdaMax(0.01),
                new Nadam(0.01),
                new AMSGrad(0.01),
                new AdaGrad(0.1),
                new AdaDelta(),
                new RmsProp(0.01));
    }

    private static MultiLayerConfiguration network(IUpdater updater) {
        return new NeuralNetConfiguration.Builder()
                .seed(5)
                .updater(updater)
                .activation(Activation.TANH)
                .list()
                .layer(new DenseLayer.Builder().nIn(6).nOut(8).build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(8)
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build();
    }

    @ParameterizedTest
    @MethodSource("updaters")
    void followsOneProcess(IUpdater updater) {
        MultiLayerConfiguration conf = network(updater);
        MultiLayerNetwork before = new MultiLayerNetwork(conf.clone());
        before.init();

        MultiLayerNetwork trained = Single.follow(spark, conf, Data.table(38, 6, 3), /* batch */ 8, /* epochs */ 3);

        assertNotEquals(before.params(), trained.params());
        assertEquals(15, trained.getIterationCount());
    }

    @org.junit.jupiter.api.Test
    void noOpMovesByTheGradientItself() {
        Single.follow(spark, network(new NoOp()), Data.table(16, 6, 3), /* batch */ 8, /* epochs */ 1);
    }
}
