/** A request of the page failed; the message is the server's own where it gave one. */
export class RequestError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** The page's own address ends with a slash; everything it asks for lies below. */
export const root = new URL('./', document.baseURI).href.replace(/#.*$/, '');

/** Reads JSON. */
export async function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  return (await send('GET', path, undefined, signal)).json() as Promise<T>;
}

/** Writes JSON and reads the answer, which may be empty. */
export async function sendJson<T>(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown, type = 'application/json'): Promise<T | null> {
  const text = await (await send(method, path, { body, type })).text();
  return text.length > 0 ? JSON.parse(text) as T : null;
}

/** Sends a request below the page's address. The cookie signs it, and the second cookie's value proves that this page sent it. */
export async function send(method: string, path: string, content?: { body?: unknown; type: string }, signal?: AbortSignal): Promise<Response> {
  const headers: Record<string, string> = {};
  const xsrf = /(?:^|;\s*)_xsrf=([^;]*)/.exec(document.cookie)?.[1];
  if (xsrf && method !== 'GET') {
    headers['X-XSRFToken'] = xsrf;
  }

  if (content) {
    headers['Content-Type'] = content.type;
  }

  const response = await fetch(new URL(path, root), {
    method, headers, credentials: 'same-origin', cache: 'no-store',
    ...(content ? { body: JSON.stringify(content.body ?? {}) } : {}), ...(signal ? { signal } : {}),
  });
  if (!response.ok) {
    throw new RequestError(response.status, await reason(response));
  }

  return response;
}

async function reason(response: Response): Promise<string> {
  const text = await response.text().catch(() => '');
  try {
    const body = JSON.parse(text) as { message?: string };
    return body.message ?? `${response.status} ${response.statusText}`;
  } catch {
    return text.length > 0 && text.length < 300 ? text : `${response.status} ${response.statusText}`;
  }
}
