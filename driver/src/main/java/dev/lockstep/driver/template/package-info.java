/**
 * Job files for data at hand: what columns, labels and shapes there are is looked up in the data, and a file that
 * trains on them as it stands is written, with a comment on each choice. Knows the job file's keys, and runs nothing.
 */
package dev.lockstep.driver.template;
