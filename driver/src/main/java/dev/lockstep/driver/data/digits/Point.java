package dev.lockstep.driver.data.digits;

/** A place on the sheet: x to the right, y downwards. */
record Point(double x, double y) {
    Point plus(double dx, double dy) {
        return new Point(x + dx, y + dy);
    }
}
