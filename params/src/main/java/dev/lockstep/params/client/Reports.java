package dev.lockstep.params.client;

import dev.lockstep.params.WorkerReport;
import dev.lockstep.params.wire.Outbox;
import dev.lockstep.params.wire.Report;
import java.util.ArrayDeque;

/** Reports that the coordinator has not yet said to have, in the order of steps; bounded. One thread at a time. */
public final class Reports {
    private static final int CAPACITY = 4_096;
    private static final int REPEATED = 128;

    private final int worker;
    private final Outbox coordinator;
    private final ArrayDeque<WorkerReport> unseen = new ArrayDeque<>();

    Reports(int worker, Outbox coordinator) {
        this.worker = worker;
        this.coordinator = coordinator;
    }

    boolean isFull() {
        return unseen.size() >= CAPACITY;
    }

    public boolean isEmpty() {
        return unseen.isEmpty();
    }

    /** Must not be full. If the outbox is, the report goes out with the next repeats. */
    public void add(WorkerReport report) {
        unseen.add(report);
        send(report);
    }

    void seen(long step) {
        while (!unseen.isEmpty() && unseen.peek().step() <= step) {
            unseen.remove();
        }
    }

    /** Sends the oldest once more. */
    void repeat() {
        int sent = 0;
        for (WorkerReport report : unseen) {
            if (sent++ < REPEATED) {
                send(report);
            }
        }
    }

    private void send(WorkerReport report) {
        Report.pieces(worker, report).forEach(coordinator::add);
    }
}
