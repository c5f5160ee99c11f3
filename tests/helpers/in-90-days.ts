/** A naming has an end, unless the config says otherwise. */
export const IN_90_DAYS = new Date(Date.now() + 90 * 24 * 60 * 60_000).toISOString();
