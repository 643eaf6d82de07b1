package dev.lockstep.deploy.doctor;

/** Examines one need of the machine it runs on. Changes nothing and ends within seconds. */
@FunctionalInterface
interface Probe {
    Finding examine() throws Exception;
}
