// SHA-256 (FIPS 180-4). All JoChat clients send the hash of a password instead of the password. The browser's own is
// missing on a page that came over plain HTTP from another machine.

const PRIMES = firstPrimes(64);
const INITIAL = PRIMES.slice(0, 8).map((prime) => fraction(prime ** (1 / 2)));
const ROUND = PRIMES.map((prime) => fraction(prime ** (1 / 3)));

/** @param {string} text @returns {string} 64 lower-case hexadecimal digits of the hash of its UTF-8 */
export function sha256Hex(text) {
  const bytes = padded(new TextEncoder().encode(text));
  const view = new DataView(bytes.buffer);
  const hash = Uint32Array.from(INITIAL);
  for (let block = 0; block < bytes.length; block += 64) mix(hash, view, block);
  return [...hash].map((word) => word.toString(16).padStart(8, '0')).join('');
}

/** @param {Uint32Array} hash @param {DataView} view @param {number} block where it begins */
function mix(hash, view, block) {
  const words = new Uint32Array(64);
  for (let i = 0; i < 64; i++) {
    words[i] = i < 16 ? view.getUint32(block + 4 * i)
      : words[i - 16] + small(words[i - 15], 7, 18, 3) + words[i - 7] + small(words[i - 2], 17, 19, 10);
  }
  let [a, b, c, d, e, f, g, h] = hash;
  for (let i = 0; i < 64; i++) {
    const one = (h + big(e, 6, 11, 25) + ((e & f) ^ (~e & g)) + ROUND[i] + words[i]) >>> 0;
    const two = (big(a, 2, 13, 22) + ((a & b) ^ (a & c) ^ (b & c))) >>> 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) >>> 0, c, b, a, (one + two) >>> 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => { hash[i] += word; });
}

/** The text, a one, zeros, and the length in bits. @param {Uint8Array} text */
function padded(text) {
  const bytes = new Uint8Array(64 * Math.ceil((text.length + 9) / 64));
  bytes.set(text);
  bytes[text.length] = 0x80;
  new DataView(bytes.buffer).setUint32(bytes.length - 4, 8 * text.length);
  return bytes;
}

/** @param {number} word @param {number} by */
const turn = (word, by) => (word >>> by) | (word << (32 - by));

/** @param {number} word @param {number} a @param {number} b @param {number} c */
const big = (word, a, b, c) => turn(word, a) ^ turn(word, b) ^ turn(word, c);

/** @param {number} word @param {number} a @param {number} b @param {number} shift */
const small = (word, a, b, shift) => turn(word, a) ^ turn(word, b) ^ (word >>> shift);

/** The first 32 bits behind the point. @param {number} number */
function fraction(number) { return Math.floor((number % 1) * 2 ** 32); }

/** @param {number} count */
function firstPrimes(count) {
  /** @type {number[]} */
  const primes = [];
  for (let n = 2; primes.length < count; n++) {
    if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  }
  return primes;
}
