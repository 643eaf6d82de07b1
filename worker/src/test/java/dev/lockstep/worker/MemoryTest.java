package dev.lockstep.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A process's resident memory, natives included: what it is, and that a step gives back what it takes. */
@Tag("process")
class MemoryTest {
    /**
     * A float leaked a step would not show; a tensor header of 200 bytes leaked a step would be 2 MiB, one activation
     * far more.
     */
    private static final long TOLERANCE_KIB = 24 * 1024;

    private static long highestKib;
    private static long grownKib;

    /**
     * In a process of its own, whose heap has all its memory from the first. Large blocks are taken from the system one
     * by one there, so that what the allocator keeps for later does not count.
     */
    @BeforeAll
    static void measure() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms128m",
                "-Xmx128m",
                "-XX:+AlwaysPreTouch",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                MemoryProbe.class.getName());
        builder.environment().put("MALLOC_MMAP_THRESHOLD_", "1000000");
        Process probe = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String output = new String(probe.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, probe.waitFor());
        String[] lines = output.strip().split("\\R");
        highestKib = Long.parseLong(lines[0]);
        grownKib = Long.parseLong(lines[1]);
    }

    @Test
    void doesNotGrowOverTenThousandSteps() {
        assertTrue(
                grownKib < TOLERANCE_KIB,
                () -> "resident memory grew: KiB=" + grownKib + ", steps=" + MemoryProbe.STEPS);
    }

    /**
     * Parameters that libtorch computes with are the flat vector itself, and each gradient is let go when the next is
     * there.
     */
    @Test
    void isTwoFlatVectorsAndTwoTensors() {
        long tensorKib = (long) MemoryProbe.WIDTH * MemoryProbe.WIDTH * Float.BYTES / 1024;
        long vectorKib = MemoryProbe.LAYERS * tensorKib;
        assertTrue(highestKib > 2 * vectorKib, () -> "nothing was measured: KiB=" + highestKib);
        assertTrue(
                highestKib < 2 * vectorKib + 2 * tensorKib + 16 * 1024,
                () -> "highest resident memory: KiB=" + highestKib + ", one vector=" + vectorKib);
    }
}
