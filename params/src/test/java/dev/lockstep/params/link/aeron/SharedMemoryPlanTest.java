package dev.lockstep.params.link.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.params.ParamException;
import dev.lockstep.params.ParamException.Outcome;
import dev.lockstep.params.link.Transport;
import dev.lockstep.params.link.TransportSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedMemoryPlanTest {
    private static final long MIB = 1 << 20;
    private static final Path FOLDER = Path.of("/dev/shm");

    @Test
    void plentyOfMemoryGivesTheLongestTerm() {
        SharedMemoryPlan plan = SharedMemoryPlan.of(4, 8_192 * MIB);
        assertEquals(SharedMemoryPlan.LONGEST_TERM, plan.termLength());
        assertEquals(10 * (3L * 4 * MIB + 4096) + 25 * MIB / 2, plan.needed());
        assertEquals(65_504, plan.ipcMtu());
        plan.require(FOLDER);
    }

    @Test
    void littleMemoryShortensTheTermUntilAllProcessesFit() {
        SharedMemoryPlan plan = SharedMemoryPlan.of(5, 64 * MIB);
        assertTrue(plan.termLength() < SharedMemoryPlan.LONGEST_TERM);
        assertTrue(3 * plan.needed() <= 64 * MIB, plan::toString);
        assertTrue(plan.ipcMtu() <= plan.termLength() / 8);
        plan.require(FOLDER);
    }

    @Test
    void tooLittleMemoryIsRefusedWithTheNumbersAndTheFix() {
        SharedMemoryPlan plan = SharedMemoryPlan.of(64, 32 * MIB);
        ParamException failure = assertThrows(ParamException.class, () -> plan.require(FOLDER));
        assertEquals(Outcome.REFUSED, failure.outcome());
        assertTrue(
                failure.getMessage()
                        .startsWith(
                                "Shared memory is too small for the links: folder=/dev/shm, needed=38 MiB, available=32 MiB, logs=130."),
                failure.getMessage());
        assertTrue(failure.getMessage().contains("--shm-size=1234m"), failure.getMessage());
    }

    @Test
    void theSizeThatIsAdvisedIsEnough() {
        long advised = SharedMemoryPlan.of(5, 8 * MIB).neededByAll();
        SharedMemoryPlan first = SharedMemoryPlan.of(5, advised);
        SharedMemoryPlan last = SharedMemoryPlan.of(5, advised - 2 * first.needed());
        last.require(FOLDER);
    }

    @Test
    void whatADriverWritesAtItsStartIsCounted(@TempDir Path folder) throws IOException {
        TransportSettings settings = TransportSettings.of("127.0.0.1", 1).withDirectory(folder.toString());
        try (Transport transport = AeronTransport.launch(settings);
                Stream<Path> files = Files.walk(folder)) {
            long written = files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
            assertTrue(transport.clock().nanos() != 0 && written > 0);
            assertTrue(written <= SharedMemoryPlan.DRIVER_FILES, () -> "bytes written: " + written);
        }
    }
}
