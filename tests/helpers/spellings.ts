/** Addresses that a router or a proxy may take for the one that is meant, and what somebody mistypes of it. */

const percent = (text: string): string => [...Buffer.from(text)].map((byte) => `%${byte.toString(16)}`).join('');
const wide = (text: string): string =>
  encodeURIComponent([...text].map((sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)).join(''));

/** @param base `/api/form-guard` or `/api/applications`; @param rest what follows it, `/forms/report` */
export const spellingsOf = (base: string, rest: string): string[] => {
  const [, prefix = '', name = ''] = base.split('/');
  const [first = '', ...others] = [...name];
  const letters = others.join('');
  const inside = [
    rest,
    `${rest}/`,
    `${rest}//`,
    `${rest}.`,
    `${rest}...`,
    `${rest}%20`,
    `${rest}%00`,
    `${rest};a=b`,
    `${rest}/;a=b`,
    `${rest}%3fa=b`,
    `${rest}%23a`,
    `${rest}.json`,
    `${rest}/submission`,
    `${rest}/submissions/more`,
    `${rest}%2fsubmissions`,
    `${rest}%252fsubmissions`,
    `${rest}%5csubmissions`,
    `${rest}\\submissions`,
    `${rest}/../..${rest}`,
    `${rest}/./submissions`,
    `${rest}/%2e%2e/x`,
    rest.toUpperCase(),
    '',
    '/',
    '/x',
  ];
  const whole = `${base}${rest}`;
  return [
    ...inside.map((one) => `${base}${one}`),
    ...[
      `/${prefix}/${percent(first)}${letters}`,
      `/${prefix}/${percent(name)}`,
      `/${prefix}/${percent(percent(first))}${letters}`,
      `/${prefix}/${wide(name)}`,
      `/${prefix.toUpperCase()}/${name.toUpperCase()}`,
      `//${prefix}/${name}`,
      `/${prefix}//${name}`,
      `/${prefix}/./${name}`,
      `/${prefix}/x/../${name}`,
      `/x/../${prefix}/${name}`,
      `/x/%2e%2e/${prefix}/${name}`,
      `/./${prefix}/${name}`,
      `/${prefix};v=1/${name}`,
      `/${prefix}/${name};v=1`,
      `/${prefix}/${name}.`,
      `/${prefix}/${name}%20`,
      `/${prefix}/${name}%09`,
      `/${prefix}%2f${name}`,
      `/${prefix}%5c${name}`,
      `/${prefix}\\${name}`,
      `/${prefix}%c0%af${name}`,
      `/%u00${first.charCodeAt(0).toString(16)}/../${prefix}/${name}`,
      `/cms/${prefix}/${name}`,
    ].flatMap((one) => [one, `${one}${rest}`, `${one}${rest}/`]),
    `http://127.0.0.1${whole}`,
    `https://example.org:8443${whole}/`,
    `HTTP://example.org${base.toUpperCase()}${rest}`,
  ];
};
