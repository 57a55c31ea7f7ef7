package org.machineregistry.drill;

/** Breaks something, tells the conditions of it, and puts it right. */
@FunctionalInterface
interface Fault {
    void strike(Scene scene) throws Exception;
}
