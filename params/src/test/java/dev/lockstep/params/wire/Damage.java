package dev.lockstep.params.wire;

import java.util.Arrays;
import java.util.Random;

/** What can happen to the bytes of a frame. */
enum Damage {
    TRUNCATED {
        @Override
        byte[] apply(byte[] frame, Random random) {
            return Arrays.copyOf(frame, random.nextInt(frame.length));
        }
    },
    EXTENDED {
        @Override
        byte[] apply(byte[] frame, Random random) {
            return Arrays.copyOf(frame, frame.length + 1 + random.nextInt(64));
        }
    },
    ONE_BIT {
        @Override
        byte[] apply(byte[] frame, Random random) {
            return flip(frame, random, 1);
        }
    },
    MANY_BITS {
        @Override
        byte[] apply(byte[] frame, Random random) {
            return flip(frame, random, 2 + random.nextInt(20));
        }
    };

    abstract byte[] apply(byte[] frame, Random random);

    private static byte[] flip(byte[] frame, Random random, int bits) {
        byte[] damaged = frame.clone();
        random.ints(0, frame.length * 8)
                .distinct()
                .limit(bits)
                .forEach(bit -> damaged[bit / 8] ^= (byte) (1 << bit % 8));
        return damaged;
    }
}
