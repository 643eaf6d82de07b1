package dev.lockstep.worker;

import java.util.function.Supplier;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;

/**
 * Computes in a narrow type what PyTorch's {@code torch.autocast} does, by libtorch's own lists of operators. A setting
 * of the calling thread; the backward pass, outside of it, follows the types of the forward pass.
 *
 * <p>Casts are not kept for a second use: libtorch keeps them for all threads of a process together, so that the bits
 * of one replica would depend on when another ends its pass.
 */
record Autocast(Precision precision, Device device) {
    <T> T during(Supplier<T> forward) {
        if (precision == Precision.FLOAT32) {
            return forward.get();
        }

        DeviceType type = device == Device.CPU ? DeviceType.CPU : DeviceType.CUDA;
        boolean kept = torch.is_autocast_cache_enabled();
        torch.set_autocast_dtype(type, precision.type());
        torch.set_autocast_cache_enabled(false);
        torch.set_autocast_enabled(type, true);
        try {
            return forward.get();
        } finally {
            torch.set_autocast_enabled(type, false);
            torch.set_autocast_cache_enabled(kept);
        }
    }
}
