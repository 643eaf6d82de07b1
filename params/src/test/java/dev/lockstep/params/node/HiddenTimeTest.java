package dev.lockstep.params.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.params.WorkerReport;
import dev.lockstep.params.client.WorkerClient;
import dev.lockstep.params.link.Clock;
import dev.lockstep.params.link.MemoryTransport;
import dev.lockstep.params.member.ClusterSettings;
import dev.lockstep.params.member.Coordinator;
import dev.lockstep.params.plane.HostSeat;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a step's times call hidden, of a client with real threads. */
@Timeout(60)
class HiddenTimeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** It shares a range with the one before it; the others have ranges of their own. */
    private static final int LAST = Trainee.layout().parameters().size() - 1;

    @Test
    void computingAfterTheFirstPushIsHiddenAndComputingBeforeItIsNot() {
        ClusterSettings settings = Trainee.settings(1, PATIENCE, PATIENCE);
        Trainee trainee = new Trainee(0);
        try (Node node = Node.open(new MemoryTransport(Clock.SYSTEM));
                Coordinator coordinator = node.coordinate(settings, Trainee.layout(), report -> {})) {
            coordinator.begin(Trainee.segment(1));
            Membership place = new Membership(settings, coordinator.address(), 0, Trainee.layout(), Trainee.rule());
            try (HostSeat seat = node.seat(place);
                    WorkerClient client = node.join(place, trainee.memory(seat), Trainee::fill)) {
                client.pull();
                client.begin(1, 1);
                client.ready(LAST);
                compute();
                long pushedNs = System.nanoTime();
                client.ready(LAST - 1);
                long computedNs = compute();
                client.ready(0);
                client.await();
                long hiddenNs = client.times().hiddenNs();
                assertTrue(hiddenNs >= computedNs, "hidden=" + hiddenNs + ", computed=" + computedNs);
                assertTrue(hiddenNs <= System.nanoTime() - pushedNs, "hidden=" + hiddenNs);
                client.report(new WorkerReport(1, 0, 1, 1, client.times()));
                for (long step = 2; step <= Trainee.STEPS; step++) {
                    client.empty(step);
                    client.await();
                    assertEquals(0, client.times().hiddenNs());
                    client.report(new WorkerReport(step, 0, 0, 0, client.times()));
                }
            }
        }
    }

    /** Returns how long it took. */
    private static long compute() {
        long start = System.nanoTime();
        double x = 0;
        while (System.nanoTime() - start < 5_000_000) {
            x = Math.sin(x + 1);
        }

        assertTrue(x <= 1);
        return System.nanoTime() - start;
    }
}
