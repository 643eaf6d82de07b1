package dev.lockstep.deploy.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.SparkConf;

/** What training needs of memory and disk. */
final class StorageProbes {
    static final long MIB = 1L << 20;
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    /** libtorch unpacks to 446 MB. */
    private static final long ENOUGH_DISK = 1024 * MIB;

    private StorageProbes() {}

    /** Of the folder that links, parameters and gradients will be in. */
    static Finding sharedMemory(SparkConf conf, SharedMemoryNeed need) throws IOException {
        String named = conf.get("spark.lockstep.directory", "");
        return sharedMemory(named.isEmpty() ? SHARED_MEMORY : Path.of(named), need);
    }

    static Finding sharedMemory(Path folder, SharedMemoryNeed need) throws IOException {
        String subject = "shared memory";
        if (!Files.isWritable(folder)) {
            return Finding.warn(
                    subject, folder + " cannot be written", "Mount a tmpfs there: Aeron uses the disk otherwise");
        }

        long usable = Files.getFileStore(folder).getUsableSpace();
        String found =
                usable / MIB + " MiB free in " + folder + ", wanted " + mebibytes(need.enough()) + " MiB: " + need.of();
        String fix = "Give containers more: docker run --shm-size=" + mebibytes(need.enough())
                + "m, or on Kubernetes an emptyDir of medium Memory at " + folder
                + "; with less, links are shorter and workers may exchange frames, which is slower";
        if (usable < need.least()) {
            return Finding.fail(subject, found, fix);
        }
        return usable < need.enough() ? Finding.warn(subject, found, fix) : Finding.ok(subject, found);
    }

    private static long mebibytes(long bytes) {
        return (bytes + MIB - 1) / MIB;
    }

    static Finding temporary() throws IOException {
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        return folder("temporary files", folder, "java.io.tmpdir", Finding::fail);
    }

    static Finding libraries() throws IOException {
        String cache = System.getProperty("org.bytedeco.javacpp.cachedir");
        Path folder = cache == null ? Path.of(System.getProperty("user.home"), ".javacpp", "cache") : Path.of(cache);
        // JavaCPP goes on to the temporary files, to be unpacked again whenever those are swept away.
        return folder("library cache", folder, "org.bytedeco.javacpp.cachedir", Finding::warn);
    }

    /** How a folder that cannot be written is called. */
    private interface Verdict {
        Finding of(String subject, String found, String fix);
    }

    private static Finding folder(String subject, Path folder, String property, Verdict closed) throws IOException {
        Path there = folder.toAbsolutePath();
        while (!Files.exists(there)) {
            there = there.getParent();
        }

        String fix = "Point -D" + property + " to a folder with at least " + ENOUGH_DISK / MIB + " MiB";
        if (!Files.isWritable(there)) {
            return closed.of(subject, folder + " cannot be written", fix);
        }

        long usable = Files.getFileStore(there).getUsableSpace();
        String found = usable / MIB + " MiB free in " + folder;
        return usable < ENOUGH_DISK ? Finding.warn(subject, found, fix) : Finding.ok(subject, found);
    }
}
