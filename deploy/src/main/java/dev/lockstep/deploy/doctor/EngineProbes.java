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
            return Finding.ok("libtorch", engine.version() + ", loaded in " + loadedMs + " ms");
        } catch (IllegalStateException e) {
            return Finding.fail(
                    "libtorch",
                    e.getMessage() + ", cause=" + e.getCause(),
                    "It needs Linux on x86-64 with glibc 2.28 or later, and room in the library cache");
        }
    }

    static Finding processor() {
        return processor(Engine.load().instructions());
    }

    /** @param instructions that libtorch uses of those that the processor has */
    static Finding processor(String instructions) {
        String found = "libtorch computes with " + instructions;
        return instructions.startsWith("AVX")
                ? Finding.ok("processor", found)
                : Finding.warn(
                        "processor",
                        found + ", several times slower than with AVX2",
                        "Let a virtual machine see its host's processor, and leave ATEN_CPU_CAPABILITY unset");
    }

    static Finding gpu(Needs needs) {
        Engine engine = Engine.load();
        if (engine.gpus() > 0) {
            return Finding.ok("gpu", engine.gpus() + " for train.device: cuda");
        }
        if (needs.cuda()) {
            return Finding.fail(
                    "gpu",
                    "train.device: cuda, and libtorch sees no GPU; it is built for "
                            + (engine.cuda() ? "CUDA" : "the CPU"),
                    "Build with -P gpu, run where NVIDIA's driver is, or --set train.device=cpu");
        }
        return engine.cuda()
                ? Finding.warn(
                        "gpu",
                        "libtorch is built for CUDA and sees no GPU",
                        "Install NVIDIA's driver; nvidia-smi shows it")
                : Finding.ok("gpu", "none: libtorch is built for the CPU");
    }
}
