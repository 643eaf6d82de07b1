package dev.lockstep.worker;

import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.global.torch;

/**
 * libtorch in this process: loading it, and its global state. Nothing else touches either.
 *
 * <p>The number of threads is a setting of the calling thread in OpenMP and of the whole process in OpenBLAS.
 */
public final class Natives {
    private static final String LIBRARIES = "/org/bytedeco/pytorch/" + Loader.getPlatform() + "/";
    /** There in place of the other where the build has the profile gpu. */
    private static final String GPU_LIBRARIES = "/org/bytedeco/pytorch/" + Loader.getPlatform() + "-gpu/";

    /** Parts of MLlib's linear algebra that look for a library of the machine. */
    private static final List<String> NETLIB = List.of("blas", "lapack", "arpack");

    private static boolean loaded;
    private static int blasThreads;

    private Natives() {}

    /**
     * Unpacks and loads the libraries at the first call. The first of all calls on a machine takes seconds.
     *
     * @throws IllegalStateException if that cannot be done, with the reason
     */
    public static synchronized void load() {
        if (loaded) {
            return;
        }

        // Without this JavaCPP counts the whole process, Java heap and libraries included, against a limit made from
        // the heap's.
        if (System.getProperty("org.bytedeco.javacpp.maxPhysicalBytes") == null) {
            System.setProperty("org.bytedeco.javacpp.maxPhysicalBytes", "0");
        }
        leaveMlLibToJava();
        try {
            // All files must lie there before the first is loaded: libtorch.so asks for libtorch_cpu.so.
            Loader.cacheResources(LIBRARIES);
            requireCuda(Loader.cacheResources(GPU_LIBRARIES));
            Loader.load(torch.class);
        } catch (IOException | UnsatisfiedLinkError | ExceptionInInitializerError e) {
            throw new IllegalStateException("libtorch was not loaded: libraries=" + LIBRARIES, e);
        }
        loaded = true;
    }

    /**
     * libtorch brings an OpenBLAS, which bears the name of the machine's own. MLlib's native half would afterwards be
     * bound to parts of both, as Debian's libblas.so.3 asks for that name: its results would be wrong, or the process
     * end. In Java it computes the same. Where MLlib has loaded the machine's before, both go on with that one.
     */
    private static void leaveMlLibToJava() {
        for (String part : NETLIB) {
            String prefix = "dev.ludovic.netlib." + part + ".nativeLib";
            if (System.getProperty(prefix) == null && System.getProperty(prefix + "Path") == null) {
                System.setProperty(prefix, "none-beside-libtorch");
            }
        }
    }

    /** Where CUDA's own libraries are missing, loading libtorch any further would end the process. */
    private static void requireCuda(File[] folders) {
        for (File folder : folders) {
            try {
                System.load(new File(folder, "libtorch_cuda.so").getPath());
            } catch (UnsatisfiedLinkError e) {
                throw new IllegalStateException(
                        "This build of libtorch needs the libraries of CUDA 13 and cuDNN 9 on the machine: missing="
                                + e.getMessage(),
                        e);
            }
        }
    }

    /**
     * Makes libtorch compute with so many threads when the calling thread asks it to. Only where that is new: each time
     * libtorch forgets how it had prepared its convolutions.
     */
    static void useThreads(int threads) {
        if (torch.get_num_threads() != threads) {
            torch.set_num_threads(threads);
        }
        useBlasThreads(threads);
    }

    /** The preset looks for every BLAS there is, which takes a millisecond: too long for each step. */
    private static synchronized void useBlasThreads(int threads) {
        if (blasThreads != threads) {
            openblas.blas_set_num_threads(threads);
            blasThreads = threads;
        }
    }

    /**
     * @throws IllegalStateException if this build of libtorch or this machine lacks the device
     */
    static void require(Placement place) {
        if (place.isOnHost()) {
            return;
        }
        if (!torch.cuda_is_available()) {
            throw new IllegalStateException("device: cuda is not available: libtorch built with CUDA=" + torch.hasCUDA()
                    + ", GPUs=" + torch.getNumGPUs() + ". Build with -P gpu and run where an NVIDIA driver is, or use"
                    + " one of " + Arrays.toString(Device.values()));
        }
        if (place.index() >= torch.getNumGPUs()) {
            throw new IllegalStateException(
                    "The task's GPU is none of those that its process sees: gpu=" + place.index() + ", GPUs="
                            + torch.getNumGPUs() + ". The addresses of Spark's resource gpu must count from 0 there.");
        }
    }

    /** Does some work and frees the native memory of every object that the work made, on every way out. */
    public static <T> T freeing(Supplier<T> work) {
        PointerScope scope = new PointerScope();
        try {
            return work.get();
        } finally {
            scope.close();
        }
    }

    /** The same, with nothing remembered for a backward pass. */
    public static <T> T freeingWithoutGradients(Supplier<T> work) {
        return freeing(() -> {
            NoGradGuard guard = new NoGradGuard();
            try {
                return work.get();
            } finally {
                guard.close();
            }
        });
    }
}
