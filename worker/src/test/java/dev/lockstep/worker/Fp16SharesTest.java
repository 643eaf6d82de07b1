package dev.lockstep.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.worker.layerstats.Fp16Shares;
import dev.lockstep.worker.layerstats.LayerAccumulator;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

/** Which values leave the range of fp16, against libtorch's own cast. */
class Fp16SharesTest {
    private static final float LARGEST = 65504;
    private static final float SMALLEST_NORMAL = 0x1p-14f;
    private static final float SMALLEST = 0x1p-24f;

    @Test
    void areWhatACastMakesOfEveryValueAroundTheBounds() {
        List<Float> values = new ArrayList<>(List.of(0f, -0f, 1f, 1e-30f, 3e38f, Float.POSITIVE_INFINITY, Float.NaN));
        for (float bound : new float[] {LARGEST, 65520, SMALLEST_NORMAL, 0x1.ffep-15f, SMALLEST, SMALLEST / 2}) {
            for (int ulp = -40; ulp <= 40; ulp++) {
                float near = Float.intBitsToFloat(Float.floatToIntBits(bound) + ulp);
                values.add(near);
                values.add(-near);
            }
        }
        int infinite = 0;
        int zero = 0;
        int subnormal = 0;
        for (float value : values) {
            Fp16Shares own = shares(value);
            Fp16Shares expected = byCast(value);
            assertEquals(expected, own, () -> "value=" + value);
            infinite += (int) own.infinite();
            zero += (int) own.zero();
            subnormal += (int) own.subnormal();
        }
        assertTrue(infinite > 80 && zero > 80 && subnormal > 80, infinite + ", " + zero + ", " + subnormal);
    }

    private static Fp16Shares shares(float value) {
        LayerAccumulator accumulator = new LayerAccumulator(/* end */ null);
        accumulator.handedOn(new double[] {value}, new int[] {1, 1}, /* wanted */ false);
        return accumulator.figures().fp16().activations();
    }

    private static Fp16Shares byCast(float value) {
        float half = half(value);
        float size = Math.abs(half);
        return new Fp16Shares(
                Float.isInfinite(half) ? 1 : 0,
                half == 0 && value != 0 ? 1 : 0,
                size > 0 && size < SMALLEST_NORMAL ? 1 : 0);
    }

    private static float half(float value) {
        Natives.load();
        try (Tensor single = Tensors.zeros(ScalarType.Float, 1)) {
            single.data_ptr_float().put(value);
            return Natives.freeing(() -> Tensors.floats(single.to(ScalarType.Half)))[0];
        }
    }
}
