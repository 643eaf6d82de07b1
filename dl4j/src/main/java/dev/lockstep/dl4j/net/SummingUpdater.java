package dev.lockstep.dl4j.net;

import java.util.List;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.MultiLayerUpdater;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Deeplearning4j's updater, which sees the gradient of the whole batch where the network has seen a share. */
final class SummingUpdater extends MultiLayerUpdater {
    private final GradientSum sum;
    private final List<INDArray> means;

    /** @param state is used as it is; null for updaters that begin afresh */
    SummingUpdater(MultiLayerNetwork network, INDArray state, GradientSum sum) {
        super(network, state);
        this.sum = sum;
        this.means = Parts.means(getFlattenedGradientsView(), Parts.of(network));
    }

    @Override
    public synchronized void update(
            Gradient gradient, int iteration, int epoch, int batchSize, LayerWorkspaceMgr workspaceMgr) {
        int whole = sum.replace(getFlattenedGradientsView(), means);
        super.update(gradient, iteration, epoch, whole, workspaceMgr);
    }
}
