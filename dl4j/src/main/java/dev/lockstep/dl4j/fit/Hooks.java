package dev.lockstep.dl4j.fit;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.api.TrainingHook;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** Calls hooks with what they know examples as: graphs have several arrays of each kind, other networks one. */
final class Hooks {
    private Hooks() {}

    static void before(TrainingHook hook, MultiDataSet examples, Model model) {
        if (model instanceof ComputationGraph) {
            hook.preUpdate(examples, model);
        } else {
            hook.preUpdate(single(examples), model);
        }
    }

    static void after(TrainingHook hook, MultiDataSet examples, Model model) {
        if (model instanceof ComputationGraph) {
            hook.postUpdate(examples, model);
        } else {
            hook.postUpdate(single(examples), model);
        }
    }

    private static DataSet single(MultiDataSet examples) {
        return new DataSet(
                first(examples.getFeatures()),
                first(examples.getLabels()),
                first(examples.getFeaturesMaskArrays()),
                first(examples.getLabelsMaskArrays()));
    }

    private static INDArray first(INDArray[] arrays) {
        return arrays == null || arrays.length == 0 ? null : arrays[0];
    }
}
