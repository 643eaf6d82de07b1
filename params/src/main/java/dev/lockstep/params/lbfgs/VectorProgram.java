package dev.lockstep.params.lbfgs;

import dev.lockstep.params.wire.Frame;
import dev.lockstep.params.wire.Transfer;
import dev.lockstep.params.wire.WordBuffer;
import java.util.Arrays;

/**
 * Operations on vectors, one after the other, as a COMMAND carries them; the last one may have a result.
 *
 * <pre>
 *   length, then for each: operation, x, y, factor        doubles; the length counts all of them, itself included
 * </pre>
 *
 * <p>A KEEP is the last and has its handles and numbers behind it. One thread at a time.
 */
public final class VectorProgram {
    /** What one operation takes. */
    private static final int WIDTH = 4;

    private double[] values = new double[64];
    private WordBuffer words = WordBuffer.of(values);
    private int length = 1;
    private int received;
    private int at;

    /** Empties it. */
    public void clear() {
        this.length = 1;
        this.received = 0;
        this.at = 1;
    }

    public boolean isEmpty() {
        return length == 1;
    }

    public void add(VectorOp op, int x, int y, double factor) {
        append(op.code(), x, y, factor);
    }

    public void add(VectorOp op, int x) {
        add(op, x, 0, 0);
    }

    /** Numbers behind a KEEP. */
    public void append(double... more) {
        reserve(length + more.length);
        System.arraycopy(more, 0, values, length, more.length);
        this.length += more.length;
        values[0] = length;
    }

    private void reserve(int needed) {
        if (needed > values.length) {
            this.values = Arrays.copyOf(values, Math.max(needed, 2 * values.length));
            this.words = WordBuffer.of(values);
        }
    }

    /** Makes a transfer carry it. */
    public Transfer load(Transfer command) {
        return command.carry(words, 2 * length);
    }

    /** Takes the words that come next; returns false if these repeat others or leave a gap. */
    public boolean take(Frame command) {
        if (command.start() != received || command.count() == 0) {
            return false;
        }

        reserve((received + command.count() + 1) / 2);
        command.copyWords(0, command.count(), words, received);
        this.received += command.count();
        this.length = received < 2 ? 1 : (int) values[0];
        return true;
    }

    /** Whether all that was sent is here. */
    public boolean isComplete() {
        return received >= 2 && received == 2 * length;
    }

    /** The operation that is next, or null behind the last. */
    public VectorOp op() {
        return at < length ? VectorOp.of(values[at]) : null;
    }

    public int x() {
        return (int) values[at + 1];
    }

    public int y() {
        return (int) values[at + 2];
    }

    public double factor() {
        return values[at + 3];
    }

    /** Some of the numbers behind the operation that is next, a KEEP. */
    public double[] behind(int from, int count) {
        return Arrays.copyOfRange(values, at + WIDTH + from, at + WIDTH + from + count);
    }

    /** Goes on to the next operation; behind a KEEP there is none. */
    public void next() {
        this.at = op() == VectorOp.KEEP ? length : at + WIDTH;
    }
}
