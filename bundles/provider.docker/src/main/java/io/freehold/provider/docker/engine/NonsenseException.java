package io.freehold.provider.docker.engine;

import java.io.IOException;

/** What answers does not speak as a Docker engine does. */
final class NonsenseException extends IOException {
    private static final long serialVersionUID = 1L;

    NonsenseException(String message) {
        super(message);
    }
}
