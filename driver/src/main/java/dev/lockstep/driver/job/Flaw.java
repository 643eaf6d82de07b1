package dev.lockstep.driver.job;

/**
 * Settings of a job that are each right but do not fit one another.
 *
 * @param path the key that is to be changed or added
 * @param text what is wrong, after the path
 */
record Flaw(String path, String text) {
    @Override
    public String toString() {
        return path + " " + text;
    }
}
