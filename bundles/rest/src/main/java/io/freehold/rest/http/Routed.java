package io.freehold.rest.http;

import java.util.List;

/** What serves something, and says what. */
public interface Routed {
    /** What it serves at this moment, in no order. */
    List<Route> routes();
}
