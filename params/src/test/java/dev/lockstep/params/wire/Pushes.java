package dev.lockstep.params.wire;

import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/** Makes frames of pushes for tests. */
public final class Pushes {
    private static final Session SESSION = new Session(1, 1);

    private Pushes() {}

    /** One piece with {@code count} of a worker's values, from {@code start} on. */
    public static Frame of(int worker, float[] values, int start, int count, double weight) {
        WordBuffer words = WordBuffer.of(Arrays.copyOf(values, start + count));
        return frame(new Transfer(FrameType.PUSH, worker, 0, words).begin(1, weight, start));
    }

    public static Frame empty(int worker) {
        return frame(new Transfer(FrameType.PUSH, worker, 0, null).beginEmpty(1));
    }

    private static Frame frame(Transfer transfer) {
        RecordingLink link = new RecordingLink(1 << 20, /* needsCheck */ false);
        transfer.advance(link, SESSION);
        byte[] bytes = link.frames().get(0);
        return new Frame().wrap(new UnsafeBuffer(bytes), 0, bytes.length);
    }
}
