const url = (name, fallback) => process.env[name] || fallback;

module.exports = () => {
  const client = process.env.TEST_DB_CLIENT || 'sqlite';
  if (client === 'sqlite') {
    return { connection: { client, connection: { filename: process.env.TEST_DB_FILE }, useNullAsDefault: true } };
  }
  const postgres = client === 'postgres';
  return {
    connection: {
      client,
      connection: {
        host: url('TEST_DB_HOST', '127.0.0.1'),
        port: Number(url('TEST_DB_PORT', postgres ? 5432 : 3306)),
        user: url('TEST_DB_USER', postgres ? 'postgres' : 'root'),
        password: url('TEST_DB_PASSWORD', ''),
        database: process.env.TEST_DB_NAME,
      },
      pool: { min: 0, max: 8 },
    },
  };
};
