/** A small picture that any viewer opens: a sky, a lamp, a wet street. Two of different chance differ. Pure. */
import { deflateSync } from 'node:zlib';

const WIDTH = 320;
const HEIGHT = 200;

/** As PNG has it. Node's own came with 20.15 only. */
const crc32 = (bytes) => {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
};

const chunk = (type, data) => {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
};

const inside = (value) => Math.max(0, Math.min(255, Math.round(value)));

export const makePng = (chance) => {
  const lamp = { x: chance.whole(60, 260), y: chance.whole(40, 90) };
  const horizon = chance.whole(110, 140);
  const colourAt = (x, y) => {
    const light = 190 * Math.exp(-Math.hypot(x - lamp.x, (y - lamp.y) * 1.3) / 45);
    const ground = y > horizon ? 25 + 15 * Math.sin((x + y * y) / 9) : 0;
    return [30 + light + ground, 38 + light * 0.85 + ground, 70 + light * 0.5 + ground].map(inside);
  };
  // Each line begins with the number of its filter, none.
  const lines = Array.from({ length: HEIGHT }, (_, y) => [0, ...Array.from({ length: WIDTH }, (_, x) => colourAt(x, y)).flat()]);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from(lines.flat()))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};
