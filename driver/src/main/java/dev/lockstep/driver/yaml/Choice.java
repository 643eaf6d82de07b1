package dev.lockstep.driver.yaml;

/**
 * A member of a family as a file writes it: a name, and settings of whatever form.
 *
 * @param named the value that has the name
 * @param settings empty where only the name is given
 */
public record Choice(String name, Value named, Value settings) {}
