/**
 * Whoever installs Form Guard for one type finds everything else as it was. The same way is walked through two new sites,
 * one of plain Strapi, one with the plugin and a protected type, over HTTP and the command line; the answers are put side
 * by side. What may differ is in one list, with a reason.
 */
import { makeSite, type Site } from '../helpers/site';
import { CONTACT } from '../helpers/strapi';
import {
  compare,
  develop,
  exportOf,
  named,
  transferOf,
  visitAll,
  visitRestOnly,
  type Answer,
  type World,
} from '../helpers/smoke';

const PLAIN = {
  TEST_WITHOUT_FORM_GUARD: 'true',
  TEST_FORM_GUARD: JSON.stringify({ protect: { [CONTACT]: { plain: ['subject'], search: ['email'], label: 'Contact form' } } }),
  TEST_GRAPHQL: 'true',
  TEST_DOCUMENTATION: 'true',
  TEST_MCP: 'true',
};
const GUARDED = { ...PLAIN, TEST_WITHOUT_FORM_GUARD: 'false' };

interface Meant {
  where: RegExp;
  what: RegExp;
  because: string;
}
const MEANT: Meant[] = [
  {
    where: /^(?!graphql)(?!.*[A-Z]+ \/(api|graphql|uploads)\b)/,
    what: /^- header\.access-control-allow-(credentials|origin)$/,
    because: 'pages of other origins are granted nothing of the admin',
  },
  {
    where: /./,
    what: /^\+ body[^→"{]*form[-_]guard/,
    because: 'what the plugin brings is listed with the rest: its type, rights, addresses, settings',
  },
  {
    where: /./,
    what: /^([-+] )?body[^→"{]*api::contact\b/,
    because: 'the protected type itself, wherever types are described: its sealed attributes have no rules any more',
  },
  {
    where: /POST \/api\/contacts$/,
    what: /^([-+] body\.data\.\w+|- body\.meta|\+ header\.(cache-control|x-robots-tag))$/,
    because: 'a sender of the protected type gets a receipt in place of the record',
  },
  {
    where: /neighbour|graphql.*Topic/,
    what: /^- body.*[.[]contacts(_connection)?\]?$/,
    because: 'the relation of an unprotected type to the protected one leads nowhere',
  },
  {
    where: /graphql.*(Query|Mutation|names of all types)/,
    what: /^- body\S*\[(contacts?(_connection)?|updateContact|deleteContact|Contact\w+|ComponentSharedAddressFiltersInput|LongFilterInput)\]$/,
    because: 'nothing of the protected type can be asked for, nor what no other type of this site uses',
  },
  {
    where: /routes/,
    what: /^\+ body\S*plugin::[\w-]+\[\/api\/[^[]*\]\.config\.middlewares(\[null\])?$/,
    because: 'guards stand in front of addresses of Strapi’s own plugins, which lists that',
  },
  {
    where: /./,
    what: /^\+ body.*(admin::transfer-token|strapi_transfer_tokens)\b.*accessKey\]?\.searchable$/,
    because: 'no search looks through the secrets of tokens',
  },
  {
    where: /(GET|HEAD) \/uploads\//,
    what: /^\+ header\.content-disposition$/,
    because: 'what is no picture, film, sound or PDF is a download',
  },
  {
    where: /openapi|GET \/documentation|full_documentation/,
    what: /^([-+] )?body\S*(ApiContactContactDocument|SharedAddressEntry|[./]contacts\b|\[?Contact\w*\]?)/,
    because: 'descriptions of the interface name no way to the submissions',
  },
  {
    where: /openapi/,
    what: /^- body\.components\.schemas\.ApiTopicTopicDocument$/,
    because: 'Strapi names a description only when two types refer to it; the protected one no longer does',
  },
  {
    where: /openapi/,
    what: /^[-+] body\.paths\.\/topics.*\.parameters\[populate\]/,
    because: 'the relation of an unprotected type to the protected one is nothing that can be asked for',
  },
  {
    where: /recent-documents/,
    what: /^body\.data\[<document \d+>\]\.title "Somebody" → "<document \d+>"$/,
    because: 'a submission has no title on the home page, because its title was the name of a person',
  },
  {
    where: /strapi export: (schemas|configuration)/,
    what: /^([-+] )?body\.(contacts\b|core-store core_persisted_tables)/,
    because: 'the protected type as it is now, and the list that keeps the tables of the vault from being dropped',
  },
];

interface Row {
  area: string;
  request: string;
  meant: Meant[];
  unexplained: string[];
}
const explain = (plain: Answer[], guarded: Answer[]): Row[] =>
  compare(plain, guarded).map(({ area, request, differences }) => {
    const reasonOf = (difference: string): Meant | undefined =>
      MEANT.find(({ where, what }) => where.test(`${area}: ${request}`) && what.test(difference));
    return {
      area,
      request,
      meant: MEANT.filter((meant) => differences.some((difference) => reasonOf(difference) === meant)),
      unexplained: differences.filter((difference) => !reasonOf(difference)),
    };
  });
/** So many say enough. */
const MANY = 40;
const failures = (rows: Row[]): string[] =>
  rows.flatMap(({ area, request, unexplained }) => unexplained.map((difference) => `${area}: ${request}: ${difference}`));
const print = (rows: Row[]): void => {
  for (const { area, request, meant, unexplained } of rows) {
    const result =
      unexplained.length > 0
        ? `DIFFERS in ${unexplained.length}`
        : meant.length > 0
          ? `same, but: ${meant.map(({ because }) => because).join('; ')}`
          : 'same';
    process.stdout.write(`    ${area} | ${request.slice(0, 110)} | ${result}\n`);
  }
};

const visited = async (site: Site, env: Record<string, string>, visit: (url: string) => Promise<World>): Promise<Answer[]> => {
  const boot = await site.boot(env);
  if (boot.port === null) throw new Error(`The site did not start: ${boot.said()}`);
  try {
    return (await visit(`http://127.0.0.1:${boot.port}`)).answers;
  } finally {
    await boot.stop();
  }
};

const withSites = async <Result>(count: number, use: (...sites: Site[]) => Promise<Result>): Promise<Result> => {
  const sites: Site[] = [];
  try {
    for (let made = 0; made < count; made += 1) sites.push(await makeSite());
    return await use(...sites);
  } finally {
    for (const site of sites) await site.remove();
  }
};

/** Both at once, in processes of their own: one never knows of the other. */
const both = (walk: (env: Record<string, string>) => Promise<Answer[]>): Promise<[Answer[], Answer[]]> =>
  Promise.all([walk(PLAIN), walk(GUARDED)]).then(([plain, guarded]) => [named(plain), named(guarded)]);

const fullWay = (env: Record<string, string>): Promise<Answer[]> =>
  withSites(3, async (site, target, workshop) => [
    ...(await visited(site as Site, env, visitAll)),
    ...(await exportOf(site as Site, env)),
    ...(await transferOf(site as Site, target as Site, env)),
    ...(await develop(workshop as Site, env)),
  ]);

describe('Everything that is not protected', () => {
  let plain: Answer[];
  let guarded: Answer[];
  let rows: Row[];
  beforeAll(async () => {
    [plain, guarded] = await both(fullWay);
    rows = explain(plain, guarded);
  });

  test('is asked for as plain Strapi answers it', () => {
    expect(plain.length).toBeGreaterThan(400);
    const unexpected = plain.filter(({ status, expected }) => status !== expected);
    expect(unexpected.map(({ area, request, status, expected }) => `${area}: ${request}: ${status}, not ${expected}`)).toEqual(
      [],
    );
  });

  test('answers the same with the plugin', () => {
    print(rows);
    expect(failures(rows).slice(0, MANY)).toEqual([]);
  });

  test('and the list of what may differ holds nothing that nobody needs', () => {
    const needed = new Set(rows.flatMap(({ meant }) => meant));
    expect(MEANT.filter((meant) => !needed.has(meant)).map(({ because }) => because)).toEqual([]);
  });

  /** Four ways in which an answer can be another one. */
  const SPOILT: [string, (answer: Answer) => Answer][] = [
    ['another status', (answer) => ({ ...answer, status: answer.status === 500 ? 200 : 500 })],
    ['a header less', (answer) => ({ ...answer, headers: {} })],
    ['one value more', (answer) => ({ ...answer, body: { was: answer.body } })],
    ['nothing in it', (answer) => ({ ...answer, body: null })],
  ];
  test.each(SPOILT)('so that an answer with %s does not go unnoticed, whichever it is', (_what, spoil) => {
    const unnoticed = plain.filter((answer, index) => {
      const spoilt = spoil(answer);
      if (JSON.stringify(spoilt) === JSON.stringify(answer)) return false;
      const from = Math.max(0, index - 1);
      const list = [...plain.slice(from, index), spoilt];
      return failures(explain(plain.slice(from, index + 1), list)).length === 0;
    });
    expect(unnoticed.map(({ area, request }) => `${area}: ${request}`)).toEqual([]);
  });

  test('so that one entry less in a list, and two entries in another order, do not go unnoticed', () => {
    const index = plain.findIndex(({ request }) => request === 'GET /api/books?populate=*&sort=title');
    const answer = plain[index] as Answer & { body: { data: object[] } };
    const [first, second, ...rest] = answer.body.data;
    for (const data of [
      [first, ...rest],
      [second, first, ...rest],
      [{ ...first, pages: 1 }, second, ...rest],
    ]) {
      const spoilt = { ...answer, body: { ...answer.body, data } };
      expect(failures(explain([answer], [spoilt])).length).toBeGreaterThan(0);
    }
  });
});

test('a site whose code answers differently is seen from outside', async () => {
  const other = async (spoil: boolean): Promise<Answer[]> =>
    withSites(1, async (site) => {
      if (spoil) {
        (site as Site).rewrite('tests/app/src/api/author/controllers/author.js', (text) =>
          text.replace(
            "('api::author.author')",
            "('api::author.author', () => ({ async find(ctx) { const { data, meta } = await super.find(ctx); return { data: data.slice(1), meta }; } }))",
          ),
        );
      }
      return named(await visited(site as Site, PLAIN, visitRestOnly));
    });
  const [plain, spoilt] = await Promise.all([other(false), other(true)]);
  const seen = explain(plain, spoilt).filter(({ unexplained }) => unexplained.length > 0);
  expect(seen.map(({ request }) => request)).toEqual([
    'GET /api/authors?populate=books&sort=name',
    'GET /api/authors?filters[books][title][$contains]=Tran',
  ]);
});

test('a site that refuses unknown parameters refuses the same ones', async () => {
  const strict = { TEST_STRICT_PARAMS: 'true' };
  const [plain, guarded] = await both((env) =>
    withSites(1, (site) => visited(site as Site, { ...env, ...strict }, visitRestOnly)),
  );
  const rows = explain(plain, guarded).filter(({ area }) => area === 'rest');
  expect(rows.length).toBeGreaterThan(50);
  expect(failures(rows)).toEqual([]);
});
