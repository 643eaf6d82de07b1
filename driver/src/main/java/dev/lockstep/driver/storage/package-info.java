/**
 * How files and folders of a run's output come about on any Hadoop file system: whole or not at all, and by one run at
 * a time. Knows nothing of what is in them.
 */
package dev.lockstep.driver.storage;
