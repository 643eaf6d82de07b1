package dev.lockstep.worker.safetensors;

import java.io.IOException;

/** A safetensors file is damaged, or does not fit the network. Says which file and which tensor. */
public final class SafeTensorsException extends IOException {
    SafeTensorsException(String message) {
        super(message);
    }

    SafeTensorsException(String message, Throwable cause) {
        super(message, cause);
    }
}
