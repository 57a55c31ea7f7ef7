import type { Answer, Content, Document, Method, Operation, Referable, Schema } from './document.ts';
import { isReference, METHODS, nameOf, resolve } from './document.ts';
import { escape, inline, markdown, table } from './markdown.ts';

/** The document as a page that needs no script. */
export function referencePage(document: Document): string {
  const { title, version, description } = document.info;
  const groups = document.tags.map((tag) => ({ tag, found: operationsOf(document, tag.name) }));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="color-scheme" content="light dark" />
<title>${escape(title)}: API</title>
<link rel="icon" type="image/svg+xml" href="./icon.svg" />
<link rel="stylesheet" href="./reference.css" />
</head>
<body>
<nav aria-label="Operations">
${groups.map(({ tag, found }) => `<h2>${escape(tag.name)}</h2><ul>${found.map(linkTo).join('')}</ul>`).join('\n')}
<h2>schemas</h2><ul>${Object.keys(document.components.schemas).map((name) => `<li>${schemaLink(name)}</li>`).join('')}</ul>
</nav>
<main>
<h1>${escape(title)} <small>${escape(version)}</small></h1>
${markdown(description)}
${groups.map(({ tag, found }) => `<h2>${escape(tag.name)}</h2>${markdown(tag.description)}${found.map((one) => operationOf(one, document)).join('\n')}`).join('\n')}
<h2>schemas</h2>
${Object.entries(document.components.schemas).map(schemaOf).join('\n')}
</main>
</body>
</html>
`;
}

interface Found {
  path: string;
  method: Method;
  operation: Operation;
}

function operationsOf(document: Document, tag: string): Found[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method];
      const parameters = [...(item.parameters ?? []), ...(operation?.parameters ?? [])];
      return operation?.tags.includes(tag) ? [{ path, method, operation: { ...operation, parameters } }] : [];
    }),
  );
}

function linkTo({ operation }: Found): string {
  return `<li><a href="#${operation.operationId}">${escape(operation.summary ?? operation.operationId)}</a></li>`;
}

function operationOf({ path, method, operation }: Found, document: Document): string {
  const { components } = document;
  const parameters = (operation.parameters ?? []).map((parameter) => resolve(parameter, components.parameters));
  const answers = Object.entries(operation.responses).map(
    ([status, answer]) => [status, resolve(answer, components.responses)] as const,
  );
  return `<section id="${operation.operationId}">
<h3>${escape(operation.summary ?? operation.operationId)}</h3>
<p><code><strong>${method.toUpperCase()}</strong> ${escape(path)}</code></p>
${markdown(operation.description)}
<p>${credentials(operation)}</p>
${
  parameters.length === 0
    ? ''
    : table(
        ['parameter', 'in', 'type', 'what'],
        parameters.map((parameter) => [
          `<code>${escape(parameter.name)}</code>`,
          parameter.in + (parameter.required ? ', required' : ''),
          typeOf(parameter.schema),
          inline(parameter.description ?? ''),
        ]),
      )
}
${operation.requestBody ? `<p>Body${operation.requestBody.required ? '' : ', optional'}: ${bodyOf(operation.requestBody.content)}</p>` : ''}
${table(['status', 'what', 'headers', 'body'], answers.map(answerRow))}
</section>`;
}

function credentials({ security = [] }: Operation): string {
  const names = security.map((scheme) => Object.keys(scheme).map((name) => `<code>${escape(name)}</code>`).join(' and ') || 'none');
  return `Credentials: ${names.join(', ') || 'none'}`;
}

function answerRow([status, answer]: readonly [string, Answer]): string[] {
  const headers = Object.keys(answer.headers ?? {}).map((name) => `<code>${escape(name)}</code>`);
  return [status, inline(answer.description.trim()), headers.join(', '), bodyOf(answer.content ?? {})];
}

function bodyOf(content: Content): string {
  return Object.entries(content)
    .map(([type, { schema }]) => `${schema ? typeOf(schema) : ''} <small>${escape(type)}</small>`)
    .join(', ');
}

function schemaLink(name: string): string {
  return `<a href="#schema-${escape(name)}">${escape(name)}</a>`;
}

function typeOf(schema: Referable<Schema>): string {
  if (isReference(schema)) {
    return schemaLink(nameOf(schema));
  }
  const kind = schema.items ? `array of ${typeOf(schema.items)}` : escape(schema.type ?? '');
  const values = schema.enum?.map((value) => `<code>${escape(String(value))}</code>`).join(', ');
  return [values ?? kind, schema.nullable ? 'or null' : '', limits(schema)].filter((part) => part !== '').join(' ');
}

function limits({ minimum, maximum, minLength, maxLength, maxItems, pattern }: Schema): string {
  const named = Object.entries({ minimum, maximum, minLength, maxLength, maxItems }).filter(([, limit]) => limit !== undefined);
  const said = named.map(([name, limit]) => `${name} ${String(limit)}`).concat(pattern ? [pattern] : []);
  return said.length === 0 ? '' : `<small>${escape(said.join(', '))}</small>`;
}

function schemaOf([name, schema]: [string, Schema]): string {
  const properties = Object.entries(schema.properties ?? {});
  const shape = schema.oneOf ? `one of ${schema.oneOf.map((one) => schemaLink(nameOf(one))).join(', ')}` : typeOf(schema);
  const rows = properties.map(([property, of]) => [
    `<code>${escape(property)}</code>`,
    typeOf(of) + (schema.required?.includes(property) ? '' : ', optional'),
    isReference(of) ? '' : inline(of.description ?? ''),
  ]);
  return `<section id="schema-${escape(name)}">
<h3>${escape(name)}</h3>
${markdown(schema.description)}
${rows.length === 0 ? `<p>${shape}</p>` : table(['property', 'type', 'what'], rows)}
${schema.example === undefined ? '' : `<pre>${escape(JSON.stringify(schema.example, null, 2))}</pre>`}
</section>`;
}
