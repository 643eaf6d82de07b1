package dev.lockstep.worker;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.pytorch.global.torch;

/**
 * The libtorch of this process, for those who want to know of it before a training needs it.
 *
 * @param version as {@code 2.10.0}
 * @param instructions of the processor that it uses: {@code AVX2}, {@code AVX512}
 * @param cuda whether it was built for NVIDIA GPUs
 * @param gpus how many of them it can use here
 */
public record Engine(String version, String instructions, boolean cuda, int gpus) {
    private static final Pattern VERSION = Pattern.compile("TORCH_VERSION=([^,\\s]+)");

    /**
     * Loads the library if nobody has yet.
     *
     * @throws IllegalStateException if that cannot be done, with the reason
     */
    public static Engine load() {
        Natives.load();
        return Natives.freeing(() -> new Engine(
                version(torch.show_config().getString()),
                torch.get_cpu_capability().getString(),
                torch.hasCUDA(),
                torch.cuda_is_available() ? (int) torch.getNumGPUs() : 0));
    }

    /** @param built what the library says of its build, a list of names and values */
    private static String version(String built) {
        Matcher version = VERSION.matcher(built);
        return version.find() ? version.group(1) : "of unknown version";
    }
}
