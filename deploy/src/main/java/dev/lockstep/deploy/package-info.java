/**
 * The command line: reads arguments, opens the Spark session, calls the driver and turns what comes back into lines and
 * exit codes. It computes nothing itself, and it is the only package that reads environment variables.
 */
package dev.lockstep.deploy;
