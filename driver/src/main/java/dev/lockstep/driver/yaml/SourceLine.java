package dev.lockstep.driver.yaml;

/**
 * Where something was written.
 *
 * @param source a file's name, or the command-line argument
 * @param line 1 is the first; 0 where the source has no lines
 */
public record SourceLine(String source, int line) {
    @Override
    public String toString() {
        return line == 0 ? source : source + ":" + line;
    }
}
