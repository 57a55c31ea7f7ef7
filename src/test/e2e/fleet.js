/** Calls the API as the person does to whom a browser context belongs. */
export function apiOf(context, service) {
  const call = async (method, path, data) => {
    const response = await context.request.fetch(`${service.url}${path}`, { method, data });
    if (!response.ok()) {
      throw new Error(`${method} ${path}: ${response.status()} ${await response.text()}`);
    }
    return response.status() === 204 ? undefined : response.json();
  };
  return {
    register: (name, more = {}) => call('POST', '/api/machines', { name, ...more }),
    /** Up to 1,000 at once. */
    registerMany: (machines) => call('POST', '/api/machines', machines),
  };
}

/** Speaks as a machine. */
export async function asMachine(service, token, action, body) {
  const response = await fetch(`${service.url}/api/agent/${action}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, ...(body && { 'Content-Type': 'application/json' }) },
    body: body && JSON.stringify(body),
  });
  if (!response.ok) {
    throw new Error(`${action}: ${response.status} ${await response.text()}`);
  }
}
