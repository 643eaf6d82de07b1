package dev.lockstep.dl4j.fit;

import dev.lockstep.dl4j.data.PackedShare;
import dev.lockstep.dl4j.net.Flat;
import dev.lockstep.dl4j.net.GradientSum;
import dev.lockstep.dl4j.net.Net;
import dev.lockstep.driver.task.SumWorker;
import java.nio.FloatBuffer;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Sums the gradients of a batch's shares over all workers. One thread. */
final class ShareSum implements GradientSum {
    private final SumWorker worker;
    private Net net;
    private PackedShare share;

    ShareSum(SumWorker worker) {
        this.worker = worker;
    }

    /** What the coming gradients are of. */
    void begin(Net of, PackedShare next) {
        this.net = of;
        this.share = next;
    }

    @Override
    public int replace(INDArray gradient, List<INDArray> means) {
        FloatBuffer values = Flat.view(gradient);
        if (share.count() > 0) {
            if (share.count() < share.whole()) {
                means.forEach(mean -> mean.muli((double) share.count() / share.whole()));
            }
            worker.gradient().put(values.duplicate());
        }
        worker.add(share.count() == 0 ? 0 : net.lossSum(share.count(), share.whole()), share.count());
        values.put(worker.sum());
        return share.whole();
    }
}
