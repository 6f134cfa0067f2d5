package io.freehold.provider.docker;

import io.freehold.api.provider.ObservedInstance;

/**
 * A container, read whole.
 *
 * @param observed what Freehold sees of it
 * @param version changes whenever the engine's list would show that something else must be read anew
 * @param details what the engine's list leaves out
 * @param running whether it has a process, frozen or not
 */
record Container(ObservedInstance observed, String version, ContainerDetails details, boolean running) {}
