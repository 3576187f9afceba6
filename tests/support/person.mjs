// Somebody who signed in with a browser that runs no script.

/** {get(path): the page's text, post(path, {field: text or [blob, file name]}, from): sends the form of the page `from` and answers where it
 * leads, headers: those that say who it is}. Whatever is not answered as hoped is thrown with what was said. */
export async function signedIn(url, login, password) {
  const entered = await fetch(`${url}/masuk`, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ login, password }) });
  if (entered.status !== 303) throw new Error(`signing in as ${login} -> ${entered.status}: ${await entered.text()}`);
  const headers = { Cookie: entered.headers.get('set-cookie').split(';')[0] };
  const get = async (path) => (await fetch(url + path, { headers })).text();
  const post = async (path, fields, from = path) => {
    const hidden = [...(await get(from)).matchAll(/name="(csrf|version)" value="([^"]+)"/g)].map(([, name, value]) => [name, value]);
    const parts = Object.entries(fields).map(([name, value]) => [name, ...[value].flat()]);
    const isUpload = parts.some(([, value]) => typeof value !== 'string');
    const body = isUpload ? new FormData() : new URLSearchParams();
    for (const part of [...new Map(hidden), ...parts]) body.append(...part);
    const reply = await fetch(url + path, { method: 'POST', redirect: 'manual', headers, body });
    if (reply.status !== 303) throw new Error(`POST ${path} -> ${reply.status}: ${await reply.text()}`);
    return reply.headers.get('location');
  };
  return { get, post, headers };
}
