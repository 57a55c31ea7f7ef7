/** As much of OpenAPI 3.0 as the reference shows: https://spec.openapis.org/oas/v3.0.3.html */
export interface Document {
  info: { title: string; version: string; description?: string };
  tags: { name: string; description?: string }[];
  paths: Record<string, Partial<Record<Method, Operation>> & { parameters?: Referable<Parameter>[] }>;
  components: {
    schemas: Record<string, Schema>;
    parameters?: Record<string, Parameter>;
    responses?: Record<string, Answer>;
    securitySchemes?: Record<string, { description?: string }>;
  };
}

export const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
export type Method = (typeof METHODS)[number];

export interface Reference {
  $ref: string;
}
export type Referable<T> = T | Reference;

export interface Operation {
  operationId: string;
  tags: string[];
  summary?: string;
  description?: string;
  security?: Record<string, string[]>[];
  parameters?: Referable<Parameter>[];
  requestBody?: { required?: boolean; content: Content };
  responses: Record<string, Referable<Answer>>;
}

export interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema: Referable<Schema>;
}

export interface Answer {
  description: string;
  headers?: Record<string, { description?: string }>;
  content?: Content;
}

export type Content = Record<string, { schema?: Referable<Schema> }>;

export interface Schema {
  type?: string;
  description?: string;
  enum?: (string | null)[];
  nullable?: boolean;
  required?: string[];
  properties?: Record<string, Referable<Schema>>;
  items?: Referable<Schema>;
  oneOf?: Reference[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  maxItems?: number;
  pattern?: string;
  example?: unknown;
}

export function isReference(node: object): node is Reference {
  return '$ref' in node;
}

export function nameOf(reference: Reference): string {
  return reference.$ref.slice(reference.$ref.lastIndexOf('/') + 1);
}

/** What a reference into one of the components leads to; anything else is itself. */
export function resolve<T extends object>(node: Referable<T>, components: Record<string, T> = {}): T {
  if (!isReference(node)) {
    return node;
  }
  const found = components[nameOf(node)];
  if (found === undefined) {
    throw new Error(`${node.$ref} leads nowhere`);
  }
  return found;
}
