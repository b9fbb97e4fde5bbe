package dev.nextstep.server.queue;

/** How safe a change has to be when who made it goes on. */
enum Safety {
    /** It may be lost if the process is killed: nobody will ask for it then. */
    LAZY,
    /** It survives the process. */
    WRITTEN,
    /** It survives the machine. */
    FORCED
}
