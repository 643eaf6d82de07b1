package dev.lockstep.worker.torchscript;

/** Says that a TorchScript can do more than compute, and that nobody has said that it may. */
public final class UntrustedScriptException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    UntrustedScriptException(String message) {
        super(message);
    }
}
