package dev.lockstep.params.wire;

import dev.lockstep.params.AbortException.Kind;
import org.agrona.ExpandableArrayBuffer;

/** Frames as a stranger would make them: right in everything but that nobody sealed them. */
public final class ForgedFrames {
    private ForgedFrames() {}

    public static byte[] abort(int job, int generation) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        Abort abort = new Abort(Kind.CLUSTER, "a stranger says so");
        byte[] frame = new byte[FrameHeader.write(buffer, new Session(job, generation), abort)];
        buffer.getBytes(0, frame);
        return frame;
    }
}
