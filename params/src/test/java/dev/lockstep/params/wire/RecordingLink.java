package dev.lockstep.params.wire;

import dev.lockstep.params.link.Link;
import java.util.ArrayList;
import java.util.List;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Keeps what is sent. */
final class RecordingLink implements Link {
    private final int longestFrame;
    private final boolean needsCheck;
    private final List<byte[]> frames = new ArrayList<>();

    RecordingLink(int longestFrame, boolean needsCheck) {
        this.longestFrame = longestFrame;
        this.needsCheck = needsCheck;
    }

    List<byte[]> frames() {
        return frames;
    }

    @Override
    public int maxFrameLength() {
        return longestFrame;
    }

    @Override
    public boolean needsCheck() {
        return needsCheck;
    }

    @Override
    public MutableDirectBuffer claim(int length) {
        frames.add(new byte[length]);
        return new UnsafeBuffer(frames.get(frames.size() - 1));
    }

    @Override
    public void commit() {}

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public String describe() {
        return "recording";
    }

    @Override
    public void close() {}
}
