package dev.lockstep.params.wire;

import java.nio.ByteBuffer;

/**
 * Takes the pieces of one transfer in their order: what repeats another piece, leaves a gap or goes beyond the end has
 * no effect. One thread at a time.
 */
public final class PieceReader {
    private final WordBuffer into;
    private int received;

    /** @param into as long as the whole transfer */
    public PieceReader(WordBuffer into) {
        this.into = into;
    }

    /** Nothing has come. */
    public void restart() {
        this.received = 0;
    }

    /** The words did not have to come: they are there. */
    public void finish() {
        this.received = into.count();
    }

    /** Copies the piece to its place, unless it is there; returns false if it is not the one that comes next. */
    public boolean take(Frame piece) {
        boolean next = isNext(piece);
        if (next && !piece.isPlaced()) {
            piece.copyWords(0, piece.count(), into, received);
        }
        if (next) {
            this.received += piece.count();
        }

        return next;
    }

    /** The place of a piece's words; null if it is not the one that comes next, or links cannot write there. */
    public ByteBuffer place(Frame piece) {
        return isNext(piece) ? into.bytes(received, piece.count()) : null;
    }

    private boolean isNext(Frame piece) {
        return piece.start() == received && piece.count() > 0 && piece.count() <= into.count() - received;
    }

    /** How many words have come: where the next piece must begin. */
    public int received() {
        return received;
    }

    public boolean isComplete() {
        return received == into.count();
    }

    /** Live. */
    public WordBuffer words() {
        return into;
    }
}
