package dev.lockstep.dl4j.saved;

import dev.lockstep.dl4j.net.Net;
import dev.lockstep.losses.LossSum;
import dev.lockstep.losses.Tensor;
import dev.lockstep.worker.Examples;
import dev.lockstep.worker.ShareLoss;
import java.nio.FloatBuffer;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A network of a file in this process, with our two flat vectors in place of its one. One thread. */
final class LoadedNet implements AutoCloseable {
    private final Net net;
    private final List<Piece> pieces;
    private final GivenLoss loss;

    private LoadedNet(Net net, GivenLoss loss) {
        this.net = net;
        this.pieces = Piece.of(net);
        this.loss = loss;
    }

    /** One that is not trained. */
    static LoadedNet of(byte[] file) {
        return of(file, null);
    }

    static LoadedNet of(byte[] file, ShareLoss objective) {
        Model model = SavedFile.read(file);
        GivenLoss loss = new GivenLoss(objective);
        OutputLayers.give(model, loss);
        return new LoadedNet(Net.of(model), loss);
    }

    List<Piece> pieces() {
        return pieces;
    }

    /** All that the network keeps, in DL4J's order; live. */
    INDArray values() {
        return net.model().params();
    }

    /** Fills the network with what is trained and what is kept. */
    void put(float[] trained, float[] kept) {
        put(FloatBuffer.wrap(trained), FloatBuffer.wrap(kept));
    }

    /** The same; the buffers' positions stay. */
    void put(FloatBuffer trained, FloatBuffer kept) {
        FloatBuffer from = trained.duplicate().rewind();
        FloatBuffer beside = kept.duplicate().rewind();
        float[] whole = new float[Math.toIntExact(values().length())];
        for (Piece piece : pieces) {
            (piece.kept() ? beside : from)
                    .get(whole, piece.start(), piece.parameter().size());
        }
        values().assign(Nd4j.createFromArray(whole).reshape(values().shape()));
    }

    /** Shows what comes out in training from now on. */
    void observe(GivenLoss.Observer observer) {
        loss.observe(observer);
    }

    /** Forward and backward. */
    LossSum train(Examples share, List<Integer> inputShape, List<Integer> outputShape, long seed) {
        Nd4j.getRandom().setSeed(seed);
        loss.put(share);
        INDArray labels = Nd4j.zeros(values().dataType(), extents(share.count(), outputShape));
        net.computeGradient(input(share, inputShape), labels);
        return loss.sum();
    }

    /** What {@link #train} left: that of the sum over the share, in DL4J's order. */
    float[] gradient() {
        return net.model().getGradientsViewArray().dup('c').data().asFloat();
    }

    Tensor output(Examples share, List<Integer> inputShape) {
        return GivenLoss.tensor(net.output(input(share, inputShape)));
    }

    private static INDArray input(Examples share, List<Integer> shape) {
        return Nd4j.create(share.features()[0], extents(share.count(), shape), 'c');
    }

    private static long[] extents(int count, List<Integer> shape) {
        long[] extents = new long[shape.size() + 1];
        extents[0] = count;
        for (int i = 0; i < shape.size(); i++) {
            extents[i + 1] = shape.get(i);
        }
        return extents;
    }

    @Override
    public void close() {
        net.model().close();
    }
}
