/**
 * The command line that gives a job to the spark-submit of somebody's own Spark. It starts nothing: whoever asks for
 * the words runs them. It must not know the commands.
 */
package dev.lockstep.deploy.submit;
