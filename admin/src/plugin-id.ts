/** The names under which Strapi knows this plugin: its id in addresses and keys, and its name, which is not translated. */
export const PLUGIN_ID = 'form-guard';
export const PLUGIN_NAME = 'Form Guard';
