package dev.nextstep.server.http;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Who asks.
 *
 * @param owner name under which the jobs of this caller are kept, and shares are counted: the id of its key
 * @param role what it may do
 */
public record Caller(String owner, Role role) {
    /** Everybody who may use this machine, where no keys are asked for. */
    public static final Caller LOCAL = new Caller("local", Role.ADMIN);

    private static final String ATTRIBUTE = Caller.class.getName();

    /**
     * Who sent a request.
     *
     * @throws IllegalStateException if nobody has looked: an address that is open to all knows no callers
     */
    public static Caller of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Caller caller) {
            return caller;
        }
        throw new IllegalStateException("nobody has looked who sent " + Texts.shown(request.getRequestURI()));
    }

    /** Notes who sent a request. */
    public void attachTo(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    /** Whether it may see and stop what somebody asked for. */
    public boolean maySee(String someOwner) {
        return role == Role.ADMIN || owner.equals(someOwner);
    }

    /**
     * Returns if it is an administrator.
     *
     * @throws ApiException if not
     */
    public void requireAdmin() {
        if (role != Role.ADMIN) {
            throw new ApiException(ApiError.Kind.FORBIDDEN, "this needs a key of the role 'admin'");
        }
    }
}
