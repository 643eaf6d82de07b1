/**
 * YAML files into records, and back. Knows where every value was written, so that a mistake is reported with file, line
 * and key; binds settings to the constructors of records by name. Knows nothing of jobs or training.
 */
package dev.lockstep.driver.yaml;
