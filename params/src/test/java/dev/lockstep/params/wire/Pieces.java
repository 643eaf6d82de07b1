package dev.lockstep.params.wire;

import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** The frames that a transfer becomes. */
public final class Pieces {
    private static final Session SESSION = new Session(1, 1);

    private Pieces() {}

    /** @param longest length of a frame */
    public static List<Frame> of(Transfer transfer, int longest) {
        RecordingLink link = new RecordingLink(longest, /* needsCheck */ true);
        transfer.advance(link, SESSION);
        return link.frames().stream()
                .map(bytes -> new Frame().wrap(new UnsafeBuffer(bytes), 0, bytes.length))
                .toList();
    }
}
