package dev.lockstep.params;

/** A frame cannot be read: another build wrote it, or it was damaged on its way. */
public final class ProtocolException extends ParamException {
    public ProtocolException(String message) {
        super(Outcome.REFUSED, message);
    }
}
