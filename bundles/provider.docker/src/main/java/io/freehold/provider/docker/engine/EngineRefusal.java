package io.freehold.provider.docker.engine;

import io.freehold.api.ErrorCode;
import io.freehold.api.provider.ProviderException;

/** The engine answered, with no. */
public final class EngineRefusal extends ProviderException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String said;

    EngineRefusal(ErrorCode code, String message, int status, String said) {
        super(code, message);
        this.status = status;
        this.said = said;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The engine's own words. */
    public String said() {
        return said;
    }
}
