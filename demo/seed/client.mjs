/** Talks to the running demo over HTTP, as browsers do. An error names the request and Strapi's answer, never what was sent. */
const reason = (body) => body?.error?.message ?? 'no reason given';

/** As a browser sends a form that has files. */
const multipart = (body, files) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(body)) {
    for (const one of [value].flat()) if (one !== undefined) form.append(name, String(one));
  }
  for (const { field, name, type, content } of files) form.append(field, new Blob([content], { type }), name);
  return form;
};

/** @returns `call(method, path, body?, files?)`; `signIn(token)` makes the later calls somebody's. */
export const connect = (url) => {
  let token = null;
  return {
    signIn: (given) => (token = given),
    call: async (method, path, body, files) => {
      const headers = {
        ...(body && !files ? { 'content-type': 'application/json' } : {}),
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      };
      const sent = files ? multipart(body, files) : JSON.stringify(body);
      const answer = await fetch(`${url}${path}`, { method, headers, ...(body ? { body: sent } : {}) });
      const read = await answer.json().catch(() => null);
      if (!answer.ok) throw new Error(`${method} ${path} was answered with ${answer.status}: ${reason(read)}`);
      return read;
    },
  };
};
