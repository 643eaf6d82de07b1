package dev.lockstep.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.optim.update.LossScale;
import dev.lockstep.optim.update.LossScaling;
import java.util.Random;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.QualifiedName;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scale's rule against the kernel that PyTorch's GradScaler runs. */
class LossScaleTest {
    private static final String KERNEL =
            """
            def forward(self, scale, tracker, found, growth: float, backoff: float, interval: int):
                return torch._amp_update_scale_(scale, tracker, found, growth, backoff, interval)
            """;

    @ParameterizedTest
    @CsvSource({"65536, 2, 0.5, 2000, 0.001", "65536, 2, 0.5, 3, 0.2", "1000, 1.7, 0.3, 5, 0.1", "3e38, 2, 0.5, 1, 0"})
    void followsLibtorchsOwn(double start, double growth, double backoff, int interval, double overflows) {
        Natives.load();
        LossScaling rule = new LossScaling(start, growth, backoff, interval);
        LossScale scale = rule.start();
        Random random = new Random(7);
        int changes = 0;
        try (JitModule kernel = new JitModule(new QualifiedName("kernel"));
                Tensor current = Tensors.zeros(ScalarType.Float, 1);
                Tensor tracker = Tensors.zeros(ScalarType.Int, 1);
                Tensor found = Tensors.zeros(ScalarType.Float, 1)) {
            kernel.define(KERNEL);
            current.data_ptr_float().put(scale.scale());
            for (int step = 0; step < 10_000; step++) {
                boolean skipped = random.nextDouble() < overflows;
                found.data_ptr_float().put(skipped ? 1 : 0);
                Natives.freeing(() -> kernel.forward(new IValueVector(
                        new IValue(current),
                        new IValue(tracker),
                        new IValue(found),
                        new IValue(growth),
                        new IValue(backoff),
                        new IValue(interval))));
                LossScale next = scale.after(skipped, rule);
                changes += next.scale() == scale.scale() ? 0 : 1;
                scale = next;
                assertEquals(current.data_ptr_float().get(), scale.scale());
                assertEquals(tracker.data_ptr_int().get(), scale.growthTracker());
            }
        }
        assertTrue(changes > 0 || start > 1e38, "the scale moved");
    }
}
