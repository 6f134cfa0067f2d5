package io.freehold.api.provider;

import org.osgi.annotation.versioning.ProviderType;

/** Takes what an instance prints. Calls come one at a time; a call may block to slow the sender down. */
@ProviderType
public interface ConsoleOutput {

    /** Bytes as the instance printed them, escape sequences and all; a character may be split between calls. */
    void output(byte[] data);

    /**
     * Nothing more will come, because the instance or the connection ended.
     *
     * @param reason for people
     */
    void closed(String reason);
}
