package org.machineregistry.address;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * An answer to a page that asks where the service is reached.
 *
 * @param url what machines are to be given
 * @param seen what the service saw of the address that was asked
 * @param detail what is wrong, where the person's browser is at an address that the service does not know
 * @param setting what would help then
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record AddressView(String url, String seen, String detail, String setting) {}
