/**
 * Hands a file to the browser to be saved, never to be shown: as bytes of no type, under the name that the server made safe.
 * The address it has for this moment is gone at once.
 */
export function saveFile(content: Blob, name: string): void {
  const address = URL.createObjectURL(new Blob([content], { type: 'application/octet-stream' }));
  try {
    const link = document.createElement('a');
    link.href = address;
    link.download = name;
    link.rel = 'noopener';
    link.click();
  } finally {
    URL.revokeObjectURL(address);
  }
}
