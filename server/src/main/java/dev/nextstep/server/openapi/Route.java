package dev.nextstep.server.openapi;

/**
 * An address and what is done there.
 *
 * @param method of HTTP, in capitals
 * @param path with names in braces
 */
public record Route(String method, String path) implements Comparable<Route> {
    /** A route as Spring writes it: what {@code **} stands for gets a name. */
    static Route ofSpring(String method, String pattern) {
        return new Route(method, pattern.replace("/**", "/{name}"));
    }

    @Override
    public int compareTo(Route other) {
        int byPath = path.compareTo(other.path);
        return byPath == 0 ? method.compareTo(other.method) : byPath;
    }
}
