module.exports = () => ({
  rest: {
    ...(process.env.TEST_REST_PREFIX === undefined ? {} : { prefix: process.env.TEST_REST_PREFIX }),
    defaultLimit: 25,
    maxLimit: 100,
    withCount: true,
    strictParams: process.env.TEST_STRICT_PARAMS === 'true',
  },
});
