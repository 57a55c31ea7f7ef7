package org.machineregistry.fault;

/** Where clients reach the service: at a replica, or at a proxy in front of several. */
public interface Endpoint {
    String url();
}
