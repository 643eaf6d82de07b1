package dev.lockstep.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bytedeco.pytorch.global.torch.DeviceType;
import org.junit.jupiter.api.Test;

class PlacementTest {
    @Test
    void isTheGpuOfTheSettings() {
        Natives.load();
        ReplicaSettings settings = new ReplicaSettings(1, Device.CUDA).onGpu(3);

        try (org.bytedeco.pytorch.Device third = settings.placement().torch()) {
            assertEquals(DeviceType.CUDA, third.type().intern());
            assertEquals(3, third.index());
        }
    }

    @Test
    void isTheOneHostWhateverTheGpu() {
        Placement host = new ReplicaSettings(1, Device.CPU).onGpu(3).placement();

        assertTrue(host.isOnHost());
        assertEquals("cpu", host.toString());
    }

    @Test
    void refusesAGpuBeforeTheFirst() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> new ReplicaSettings().onGpu(-1));
        assertEquals("gpu must be at least 0: gpu=-1", refused.getMessage());
    }
}
