/** A process with S3 and a receiver that reads each body and answers: as cheap as a receiver can be. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startS3 } from '../../emulator/stand-ins/s3/start-s3.ts';

const s3 = await startS3({ dir: process.env.BENCH_DIR ?? '', bucket: 'bench' });
const receiver = createServer((request, response) => {
  request.resume();
  request.on('end', () => response.writeHead(204).end());
});
receiver.listen(0, '127.0.0.1', () => {
  const { port } = receiver.address() as AddressInfo;
  process.send?.({ s3Url: s3.url, receiverUrl: `http://127.0.0.1:${port}/` });
});
