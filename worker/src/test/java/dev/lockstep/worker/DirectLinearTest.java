package dev.lockstep.worker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.lockstep.losses.LossSum;
import dev.lockstep.losses.Tensor;
import dev.lockstep.params.Parameter;
import dev.lockstep.worker.layer.Linear;
import dev.lockstep.worker.layer.Pass;
import dev.lockstep.worker.layer.Relu;
import dev.lockstep.worker.layer.Scope;
import dev.lockstep.worker.layer.Tanh;
import dev.lockstep.worker.layer.Unit;
import java.nio.FloatBuffer;
import java.util.List;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

/** The gradients of a network that is large enough for its weighted sums to write them, beside autograd's own. */
class DirectLinearTest {
    private static final List<Integer> SHAPE = List.of(40);
    private static final NetworkSpec SPEC =
            new NetworkSpec(new Linear(300), new Relu(), new Linear(200, false), new Tanh(), new Linear(3));

    @Test
    void theGradientIsAutogradsBitForBit() {
        try (Replica replica = TorchReplicaTest.started(SPEC, SHAPE)) {
            Examples share = TorchReplicaTest.share(17, 40, 3);
            replica.train(TorchReplicaTest.share(5, 40, 3), 1, new Reports());
            replica.train(share, 1, new Reports());
            assertArrayEquals(byAutograd(replica, share), floats(replica.gradient()));
        }
    }

    /** As shards may: new values come as soon as a parameter's gradient is handed on. */
    @Test
    void aParameterIsNotReadAfterItsGradientIsHandedOn() {
        try (Replica replica = TorchReplicaTest.started(SPEC, SHAPE)) {
            Examples share = TorchReplicaTest.share(17, 40, 3);
            float[] expected = byAutograd(replica, share);
            replica.train(share, 1, new Overwriting(replica));
            assertArrayEquals(expected, floats(replica.gradient()));
        }
    }

    private record Overwriting(Replica replica) implements GradientSink {
        @Override
        public void started(LossSum loss) {}

        @Override
        public void ready(int parameter) {
            int offset = 0;
            for (Parameter before : replica.parameters().subList(0, parameter)) {
                offset += Math.toIntExact(before.size());
            }
            for (int i = 0; i < replica.parameters().get(parameter).size(); i++) {
                replica.values().put(offset + i, Float.NaN);
            }
        }
    }

    private static float[] byAutograd(Replica replica, Examples share) {
        Scope scope = Scope.root();
        Unit unit = LayeredNetwork.unit(SPEC, SHAPE, scope);
        return Natives.freeing(() -> {
            FlatVector values = new FlatVector(replica.parameters(), ScalarType.Float, Placement.CPU);
            values.floats().put(floats(replica.values()));
            for (org.bytedeco.pytorch.Tensor leaf : values.views()) {
                leaf.set_requires_grad(true);
            }
            Pass pass = new Pass(
                    values.views(),
                    new org.bytedeco.pytorch.Tensor[0],
                    torch.make_generator_cpu(), /* training */
                    true);
            org.bytedeco.pytorch.Tensor input =
                    new FeatureLoader(SHAPE, ScalarType.Float, Placement.CPU).load(share, 0, 0, share.count());
            org.bytedeco.pytorch.Tensor output = unit.forward().forward(input, pass);
            Tensor predictions = Tensors.doubles(output);
            Tensor slope = Tensor.zeros(predictions.shape());
            new ShareLoss(new SquaredError()).evaluate(predictions, share, slope);
            output.backward(Tensors.like(output, slope), null, /* create_graph */ false, null);

            FloatBuffer gradient = FloatBuffer.allocate(replica.gradient().capacity());
            for (org.bytedeco.pytorch.Tensor leaf : values.views()) {
                gradient.put(Tensors.floats(leaf.grad()));
            }
            return gradient.array();
        });
    }

    private static float[] floats(FloatBuffer buffer) {
        float[] values = new float[buffer.capacity()];
        buffer.duplicate().rewind().get(values);
        return values;
    }
}
