module.exports = () => ({
  ...(process.env.TEST_ADMIN_URL ? { url: process.env.TEST_ADMIN_URL } : {}),
  auth: { secret: 'test-admin-secret' },
  apiToken: { salt: 'test-api-token-salt' },
  transfer: { token: { salt: 'test-transfer-salt' } },
  secrets: { encryptionKey: 'test-encryption-key-of-32-letters' },
  rateLimit: { enabled: false },
});
