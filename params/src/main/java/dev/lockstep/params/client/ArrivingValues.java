package dev.lockstep.params.client;

import dev.lockstep.params.wire.Frame;
import dev.lockstep.params.wire.Words;

/** All values of a range: every piece goes to its place at once. */
final class ArrivingValues implements Arrival {
    private final Words into;
    private int length;

    ArrivingValues(Words into) {
        this.into = into;
        this.length = into.count();
    }

    @Override
    public void clear() {
        this.length = 0;
    }

    @Override
    public boolean take(Frame broadcast) {
        boolean next =
                broadcast.start() == length && broadcast.count() > 0 && broadcast.count() <= into.count() - length;
        if (next) {
            broadcast.copyWords(0, broadcast.count(), into, length);
            this.length += broadcast.count();
        }

        return next;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public boolean isComplete() {
        return length == into.count();
    }
}
