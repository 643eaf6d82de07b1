package dev.lockstep.driver.data.source.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class BilinearTest {
    @Test
    void scalingInterpolatesBetweenCentres() {
        float[] plane = {0, 10, 20, 30};
        float[] wide = new float[4];
        new Bilinear(1, 4, 1, 4).scale(plane, wide, 0);
        assertEquals(List.of(0f, 10f, 20f, 30f), List.of(wide[0], wide[1], wide[2], wide[3]));
        float[] half = new float[3];
        new Bilinear(2, 2, 1, 2).scale(plane, half, 1);
        assertEquals(List.of(0f, 10f, 20f), List.of(half[0], half[1], half[2]));
        float[] twice = new float[4];
        new Bilinear(1, 2, 1, 4).scale(plane, twice, 0);
        assertEquals(List.of(0f, 2.5f, 7.5f, 10f), List.of(twice[0], twice[1], twice[2], twice[3]));
    }
}
