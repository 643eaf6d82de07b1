package dev.lockstep.worker.layerstats;

import java.io.Serializable;

/**
 * Which parts of some values leave the range of fp16 when they are rounded to it. A value that is 0 before, or not a
 * number, is in none of them.
 *
 * @param infinite beyond the largest number, 65504, to infinity: from 65520 on
 * @param zero under the smallest, 2⁻²⁴, to 0: up to 2⁻²⁵
 * @param subnormal under the smallest normal one, 2⁻¹⁴, and not to 0: 10 to 1 bits of precision are left of 11
 */
public record Fp16Shares(double infinite, double zero, double subnormal) implements Serializable {
    public static final Fp16Shares NONE = new Fp16Shares(0, 0, 0);
}
