package dev.lockstep.params.link.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.params.ParamException;
import dev.lockstep.params.ParamException.Outcome;
import dev.lockstep.params.link.Protocol;
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

    private static SharedMemoryPlan plan(int peers, long available) {
        return SharedMemoryPlan.of(peers, Protocol.AUTO, available);
    }

    /** Two workers and two shards: 8 ways between workers and shards, 4 between shards, 8 with the coordinator. */
    @Test
    void plentyOfMemoryGivesTheLongestTerm() {
        SharedMemoryPlan plan = plan(5, 8_192 * MIB);
        long log = 3 * MIB + 4096;
        long messages = 8 * (3 * 65_536 + 4096);
        assertEquals(SharedMemoryPlan.IPC_TERM, plan.termLength());
        assertEquals(12 * log + messages, plan.linksOfAll());
        assertEquals((12 * log + messages) / 3 + 25 * MIB / 2, plan.needed());
        assertEquals(12 * log + messages + 3 * 25 * MIB / 2, plan.neededByAll());
        assertEquals(65_504, plan.ipcMtu());
        plan.require(FOLDER);
    }

    @Test
    void whereValuesGoOverUdpTermsAreLonger() {
        assertEquals(
                SharedMemoryPlan.LONGEST_TERM,
                SharedMemoryPlan.of(5, Protocol.UDP, 8_192 * MIB).termLength());
    }

    @Test
    void littleMemoryShortensTheTermUntilAllProcessesFit() {
        SharedMemoryPlan plan = plan(5, 64 * MIB);
        assertTrue(plan.termLength() < SharedMemoryPlan.IPC_TERM);
        assertTrue(plan.neededByAll() <= 64 * MIB, plan::toString);
        assertTrue(plan.ipcMtu() <= plan.termLength() / 8);
        plan.require(FOLDER);
    }

    @Test
    void tooLittleMemoryIsRefusedWithTheNumbersAndTheFix() {
        SharedMemoryPlan plan = plan(65, 16 * MIB);
        ParamException failure = assertThrows(ParamException.class, () -> plan.require(FOLDER));
        assertEquals(Outcome.REFUSED, failure.outcome());
        assertTrue(
                failure.getMessage()
                        .startsWith(
                                "Shared memory is too small for the links: folder=/dev/shm, needed=32 MiB, available=16 MiB, members=64."),
                failure.getMessage());
        assertTrue(failure.getMessage().contains("--shm-size=1025m"), failure.getMessage());
    }

    @Test
    void theSizeThatIsAdvisedIsEnough() {
        long advised = plan(5, 8 * MIB).neededByAll();
        SharedMemoryPlan first = plan(5, advised);
        SharedMemoryPlan last = plan(5, advised - 2 * first.needed());
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
