package dev.nextstep.server.http;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Who asks.
 *
 * @param owner name under which the jobs of this caller are kept, and shares are counted
 */
public record Caller(String owner) {
    /** Everybody who may use this machine, where no keys are asked for. */
    public static final Caller LOCAL = new Caller("local");

    private static final String ATTRIBUTE = Caller.class.getName();

    /** Who sent a request. */
    public static Caller of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Caller caller ? caller : LOCAL;
    }

    /** Notes who sent a request. */
    public void attachTo(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }
}
