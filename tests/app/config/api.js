module.exports = {
  rest: { defaultLimit: 25, maxLimit: 100, withCount: true, strictParams: process.env.TEST_STRICT_PARAMS === 'true' },
};
