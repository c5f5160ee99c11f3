/** The demo's admin: French can be chosen, and neither the guided tour nor the release notice covers the page. */
export default {
  config: {
    locales: ['fr'],
    tutorials: false,
    notifications: { releases: false },
  },
  bootstrap() {},
};
