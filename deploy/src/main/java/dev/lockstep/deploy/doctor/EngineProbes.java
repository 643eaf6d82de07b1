package dev.lockstep.deploy.doctor;

import dev.lockstep.worker.Engine;

/** What training needs of libtorch. */
final class EngineProbes {
    private EngineProbes() {}

    /** Loads the library, which takes seconds and 446 MB of disk the first time on a machine. */
    static Finding library() {
        long beganNs = System.nanoTime();
        try {
            Engine engine = Engine.load();
            long loadedMs = (System.nanoTime() - beganNs) / 1_000_000;
            return Finding.ok("libtorch", "loaded in " + loadedMs + " ms, computes with " + engine.instructions());
        } catch (IllegalStateException e) {
            return Finding.fail(
                    "libtorch",
                    e.getMessage() + ", cause=" + e.getCause(),
                    "It needs Linux on x86-64 with glibc 2.28 or later, and room in the library cache");
        }
    }

    static Finding gpu() {
        Engine engine = Engine.load();
        if (engine.gpus() > 0) {
            return Finding.ok("gpu", engine.gpus() + " for train.device: cuda");
        }
        return engine.cuda()
                ? Finding.warn(
                        "gpu",
                        "libtorch is built for CUDA and sees no GPU",
                        "Install NVIDIA's driver; nvidia-smi shows it")
                : Finding.ok("gpu", "none: libtorch is built for the CPU");
    }
}
