// node n3.js FILE TYPE: the file's quads as N-Quads, read and written by N3.js.
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { StreamParser, StreamWriter } from 'n3';

const [file, format] = process.argv.slice(2);
await pipeline(createReadStream(file), new StreamParser({ format }), new StreamWriter({ format: 'N-Quads' }), process.stdout);
