/** Where the server is, for what does not go through Strapi's own client. */
export function backendUrl(): string {
  // Set by Strapi's admin before anything is rendered, always absolute; its types call it the server's Strapi.
  const { backendURL } = window.strapi as unknown as { backendURL?: string };
  return backendURL ?? window.location.origin;
}
