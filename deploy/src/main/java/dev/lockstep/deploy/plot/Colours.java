package dev.lockstep.deploy.plot;

import dev.lockstep.driver.signal.Verdict;
import java.awt.Color;
import java.util.List;

/** The colours of pictures: those of Okabe and Ito (2008), which people of all kinds of sight tell apart. */
final class Colours {
    static final Color INK = new Color(0x26, 0x32, 0x38);
    static final Color FAINT = new Color(0x78, 0x90, 0x9c);
    static final Color GRID = new Color(0xe3, 0xe8, 0xeb);
    static final Color BAND = new Color(0x8f, 0xcf, 0xb8);
    static final Color PALE = new Color(0xb0, 0xbe, 0xc5);
    static final Color BLUE = new Color(0x00, 0x72, 0xb2);
    static final Color ORANGE = new Color(0xe6, 0x9f, 0x00);

    /** For lines, in this order. */
    static final List<Color> LINES = List.of(
            BLUE,
            ORANGE,
            new Color(0x00, 0x9e, 0x73),
            new Color(0xcc, 0x79, 0xa7),
            new Color(0xd5, 0x5e, 0x00),
            new Color(0x56, 0xb4, 0xe9));

    private Colours() {}

    static Color of(Verdict verdict) {
        return switch (verdict) {
            case SOUND -> new Color(0x00, 0x9e, 0x73);
            case SATURATED -> ORANGE;
            case VANISHING -> BLUE;
            case DEAD -> new Color(0x4a, 0x4a, 0x4a);
            case EXPLODING -> new Color(0xd5, 0x5e, 0x00);
        };
    }
}
