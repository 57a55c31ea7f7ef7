package org.machineregistry.contract;

import java.time.Instant;
import java.util.UUID;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.smallrye.jwt.build.Jwt;

/** Somebody who has signed in, in a browser in which they had a session without an account before. */
record EarlierPerson(Api.Person before, Api.Person now, String jwt) {
    static final String PATH = "/api/sessions/earlier-machines";
    static final int KNOWN_SECONDS = 900;

    static EarlierPerson anyone() {
        return of(Api.Person.anyone(), Members.of());
    }

    static EarlierPerson of(Api.Person before, Api.Person now) {
        return new EarlierPerson(before, now, signed(before, now, KNOWN_SECONDS));
    }

    /** As a sign-in writes it. */
    static String signed(Api.Person before, Api.Person now, int seconds) {
        return Jwt.issuer("machine-registry")
                .subject(before.userId())
                .audience("urn:machine-registry:earlier")
                .claim("jti", UUID.randomUUID().toString())
                .claim("session_started", Instant.now().getEpochSecond())
                .claim("signed_in_as", now.userId())
                .expiresAt(Instant.now().plusSeconds(seconds))
                .sign();
    }

    RequestSpecification request() {
        return request(now, jwt);
    }

    static RequestSpecification request(Api.Person person, String jwt) {
        return person.request().header("Cookie", cookieName() + "=" + jwt);
    }

    static String cookieName() {
        return "machine_earlier_" + Api.cookieName().substring("machine_registry_".length());
    }

    Response bringsAlong() {
        return request().post(PATH);
    }

    long count() {
        return request().get(PATH).then().statusCode(200).extract().<Number>path("machines").longValue();
    }
}
