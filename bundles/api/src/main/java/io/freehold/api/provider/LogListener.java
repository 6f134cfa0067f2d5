package io.freehold.api.provider;

import org.osgi.annotation.versioning.ProviderType;

/** Takes lines of a log, one at a time; a call may block to slow the sender down. */
@ProviderType
public interface LogListener {

    void line(LogLine line);

    /** Nothing more will come: the instance stopped or is gone, or the connection ended. */
    void ended();
}
