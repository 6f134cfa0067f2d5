package io.freehold.provider.docker;

import io.freehold.api.instance.Port;
import io.freehold.api.instance.Resources;
import java.util.List;

/**
 * What the engine tells of a container only when asked for that one.
 *
 * @param template the image's name as it was given
 * @param ports as configured; those in force may differ while it runs
 * @param outOfMemory whether the kernel killed it for its memory
 * @param tty whether it has a terminal, and so one stream of output without frames
 * @param stdin whether it takes input
 * @param restarts whether the engine starts it again by itself
 */
record ContainerDetails(
        String template,
        Resources resources,
        List<Port> ports,
        boolean outOfMemory,
        boolean tty,
        boolean stdin,
        boolean restarts) {

    /** What is known of a container that the engine does not describe by itself. */
    static ContainerDetails unknown(String template) {
        return new ContainerDetails(template, Resources.UNLIMITED, List.of(), false, false, false, false);
    }
}
