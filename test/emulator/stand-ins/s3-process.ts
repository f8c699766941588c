/** The S3 stand-in over the folder of its argument, in a process of its own. Prints its URL, and serves until killed. */
import { startS3 } from '../../../emulator/stand-ins/s3/start-s3.ts';

const { url } = await startS3({ dir: process.argv[2] ?? '' });
process.stdout.write(`${url}\n`);
