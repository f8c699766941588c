import { createHash, type Hash } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** The algorithms of S3's `x-amz-checksum-*` headers. */
export const CHECKSUM_ALGORITHMS = ['crc32', 'crc32c', 'crc64nvme', 'sha1', 'sha256'] as const;
export type ChecksumAlgorithm = (typeof CHECKSUM_ALGORITHMS)[number];

export interface Checksum {
  update(chunk: Buffer): void;
  /** As `x-amz-checksum-*` has it. */
  base64(): string;
}

/**
 * A running checksum; `base64` is what the header carries.
 *
 * @example createChecksum('crc32').base64() // 'AAAAAA=='
 */
export function createChecksum(algorithm: ChecksumAlgorithm): Checksum {
  switch (algorithm) {
    case 'crc32':
      return crc32Checksum();
    case 'crc32c':
      return crc32cChecksum();
    case 'crc64nvme':
      return crc64NvmeChecksum();
    default:
      return hashChecksum(createHash(algorithm));
  }
}

const hashChecksum = (hash: Hash): Checksum => ({
  update: (chunk) => {
    hash.update(chunk);
  },
  base64: () => hash.copy().digest('base64'),
});

function crc32Checksum(): Checksum {
  let value = 0;
  return {
    update: (chunk) => {
      value = crc32(chunk, value);
    },
    base64: () => toBase64([value]),
  };
}

/** Castagnoli, reflected: RFC 3720. */
const CRC32C_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1;
  return value >>> 0;
});

function crc32cChecksum(): Checksum {
  let value = 0xffffffff;
  return {
    update: (chunk) => {
      for (let i = 0; i < chunk.length; i++) {
        value = (CRC32C_TABLE[(value ^ (chunk[i] ?? 0)) & 0xff] ?? 0) ^ (value >>> 8);
      }
    },
    base64: () => toBase64([(value ^ 0xffffffff) >>> 0]),
  };
}

/** CRC-64/NVME, reflected polynomial 0x9a6c9329ac4bc9b5, in two halves since BigInt would be slow. */
const CRC64_HIGH = new Uint32Array(256);
const CRC64_LOW = new Uint32Array(256);
for (let byte = 0; byte < 256; byte++) {
  let high = 0;
  let low = byte;
  for (let bit = 0; bit < 8; bit++) {
    const carry = low & 1;
    low = (low >>> 1) | ((high & 1) << 31);
    high >>>= 1;
    if (carry === 1) {
      high ^= 0x9a6c9329;
      low ^= 0xac4bc9b5;
    }
  }
  CRC64_HIGH[byte] = high;
  CRC64_LOW[byte] = low;
}

function crc64NvmeChecksum(): Checksum {
  let high = 0xffffffff;
  let low = 0xffffffff;
  return {
    update: (chunk) => {
      for (let i = 0; i < chunk.length; i++) {
        const index = (low ^ (chunk[i] ?? 0)) & 0xff;
        low = ((low >>> 8) | (high << 24)) ^ (CRC64_LOW[index] ?? 0);
        high = (high >>> 8) ^ (CRC64_HIGH[index] ?? 0);
      }
    },
    base64: () => toBase64([(high ^ 0xffffffff) >>> 0, (low ^ 0xffffffff) >>> 0]),
  };
}

function toBase64(words: number[]): string {
  const bytes = Buffer.alloc(words.length * 4);
  for (const [i, word] of words.entries()) bytes.writeUInt32BE(word, i * 4);
  return bytes.toString('base64');
}
