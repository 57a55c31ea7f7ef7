package org.machineregistry.identity.signin;

import org.machineregistry.http.HttpProblem;

/** A problem for who came with a browser: it would show JSON. */
final class SignInPage {
    private static final String FORM = """
            <!DOCTYPE html>
            <html lang="en">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Not signed in</title></head>
            <body>
            <main>
            <h1>Not signed in</h1>
            <p>%s</p>
            <p><a href="../../app">Back to the machines</a></p>
            </main>
            </body>
            </html>
            """;

    private SignInPage() {}

    static String of(HttpProblem problem) {
        return FORM.formatted(escape(problem.detail()));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
