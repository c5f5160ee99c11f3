/** A ZIP archive, uncompressed, with its entries in the order that is given: as Word, LibreOffice or a joker would write it. */
import zlib from 'node:zlib';

export const zip = (entries: [name: string, content: string][]): Buffer => {
  const files: Buffer[] = [];
  const list: Buffer[] = [];
  let at = 0;
  for (const [name, text] of entries) {
    const content = Buffer.from(text);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt32LE(crc(content), 10);
    common.writeUInt32LE(content.length, 14);
    common.writeUInt32LE(content.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const file = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, Buffer.from(name), content]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    list.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, rest, Buffer.from(name)]));
    files.push(file);
    at += file.length;
  }
  const contents = Buffer.concat(list);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(contents.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...files, contents, Buffer.from('PK\x05\x06', 'latin1'), end]);
};

/** node:zlib has it from 20.15 on only. */
const crc = (bytes: Buffer): number => (zlib as unknown as { crc32?(bytes: Buffer): number }).crc32?.(bytes) ?? 0;
