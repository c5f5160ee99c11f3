/** Talks to the running demo over HTTP, as browsers do. An error names the request and Strapi's answer, never what was sent. */
const reason = (body) => body?.error?.message ?? 'no reason given';

/** @returns `call(method, path, body?)`; `signIn(token)` makes the later calls somebody's. */
export const connect = (url) => {
  let token = null;
  return {
    signIn: (given) => (token = given),
    call: async (method, path, body) => {
      const headers = {
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      };
      const answer = await fetch(`${url}${path}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
      const read = await answer.json().catch(() => null);
      if (!answer.ok) throw new Error(`${method} ${path} was answered with ${answer.status}: ${reason(read)}`);
      return read;
    },
  };
};
