package dev.lockstep.params.wire;

/** What a PULL asks for of a range, and a STATE brings. Numbers are part of the wire format. */
public final class Part {
    /** Two doubles: how many slots, how many scalars. */
    public static final int COUNTS = 0;

    /** The values. */
    public static final int PARAMS = 1;

    /** The optimizer's scalars, as doubles. */
    public static final int SCALARS = 2;

    /** The values as they should be evaluated: averaged where the optimizer keeps averages. */
    public static final int EVALUATED = 3;

    private static final int FIRST_SLOT = 16;

    private Part() {}

    /** One of the optimizer's slots. */
    public static int slot(int slot) {
        return FIRST_SLOT + slot;
    }

    /** Which slot a part is; negative if it is none. */
    public static int slotOf(int part) {
        return part - FIRST_SLOT;
    }
}
