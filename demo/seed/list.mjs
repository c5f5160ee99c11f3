/** Many short texts written as one, with commas between them. */
export const list = (text) => text.split(',').map((one) => one.trim());
