package dev.lockstep.params.wire;

/** What members and the coordinator say to one another, apart from values: rare, small, and whole in one frame. */
public sealed interface Message
        permits Join, Host, Hosted, Member, Start, Ready, Go, Report, Seen, Alive, Stop, Abort, Leave, End {
    FrameType type();

    /** The step that the header carries; 0 for a message about none. */
    default long step() {
        return 0;
    }

    /** Writes the body: the record's table. */
    void write(BodyWriter out);
}
