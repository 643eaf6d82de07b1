package dev.lockstep.params.client;

import dev.lockstep.params.wire.Frame;
import dev.lockstep.params.wire.PieceReader;
import dev.lockstep.params.wire.WordBuffer;
import java.nio.ByteBuffer;

/** All values of a range: every piece goes to its place at once. */
final class ValueReceiver implements Receiver {
    private final PieceReader pieces;

    ValueReceiver(WordBuffer into) {
        this.pieces = new PieceReader(into);
    }

    @Override
    public void clear() {
        pieces.restart();
    }

    @Override
    public boolean take(Frame broadcast) {
        return pieces.take(broadcast);
    }

    @Override
    public ByteBuffer place(Frame broadcast) {
        return pieces.place(broadcast);
    }

    @Override
    public int length() {
        return pieces.received();
    }

    @Override
    public boolean isComplete() {
        return pieces.isComplete();
    }
}
