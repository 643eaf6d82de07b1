package dev.lockstep.params.wire;

import dev.lockstep.params.AbortException;
import java.nio.charset.StandardCharsets;

/**
 * The job is given up. Anybody to the coordinator; coordinator to everybody, at every heartbeat.
 *
 * <pre>
 *    24  byte    kind: 0 TRAINING, 1 DATA, 2 CLUSTER, 3 LOST
 *    25  ushort  bytes of reason, then UTF-8
 * </pre>
 *
 * @param reason for the user, cut off after 1,000 bytes
 */
public record Abort(AbortException.Kind kind, String reason) implements Message {
    private static final int LONGEST = 1_000;

    public Abort {
        reason = shortened(reason);
    }

    private static String shortened(String text) {
        String kept = text;
        while (kept.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            kept = kept.substring(0, kept.length() - Math.max(1, (kept.length() - LONGEST) / 2));
        }

        return kept;
    }

    @Override
    public FrameType type() {
        return FrameType.ABORT;
    }

    @Override
    public void write(BodyWriter out) {
        out.writeEnum(kind).writeString(reason);
    }

    public static Abort read(Frame frame) {
        BodyReader in = frame.body();
        return in.end(new Abort(in.readEnum(AbortException.Kind.values()), in.readString()));
    }
}
