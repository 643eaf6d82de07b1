package dev.lockstep.worker;

import org.bytedeco.pytorch.global.torch;

/**
 * The libtorch of this process, for those who want to know of it before a training needs it.
 *
 * @param instructions of the processor that it uses: {@code AVX2}, {@code AVX512}
 * @param cuda whether it was built for NVIDIA GPUs
 * @param gpus how many of them it can use here
 */
public record Engine(String instructions, boolean cuda, int gpus) {
    /**
     * Loads the library if nobody has yet.
     *
     * @throws IllegalStateException if that cannot be done, with the reason
     */
    public static Engine load() {
        Natives.load();
        return Natives.freeing(() -> new Engine(
                torch.get_cpu_capability().getString(),
                torch.hasCUDA(),
                torch.cuda_is_available() ? (int) torch.getNumGPUs() : 0));
    }
}
