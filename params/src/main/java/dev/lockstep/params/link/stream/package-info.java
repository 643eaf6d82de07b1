/**
 * Frames between hosts as streams over TCP: one connection for each link, read and written by whoever polls or flushes,
 * with no thread in between.
 */
package dev.lockstep.params.link.stream;
