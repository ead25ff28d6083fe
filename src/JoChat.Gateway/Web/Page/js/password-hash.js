// The hash that is sent as the password, as all JoChat clients do: of its Unicode form C, because one keyboard composes
// an é and another does not.

import { Refused } from './line.js';
import { sha256Hex } from './sha256.js';

/** @param {string} password @returns {string} */
export function passwordHash(password) {
  if (/[\p{Surrogate}\uFFFD]/u.test(password)) { // no text: two passwords would be one
    throw new Refused('invalid_password', 'The password is no Unicode text.');
  }
  return sha256Hex(password.normalize('NFC'));
}

/**
 * Asks with the hash, and again with that of the password as typed if it is wrong and the two differ: accounts exist
 * that were made with that one.
 * @template T @param {string} password @param {(hash: string) => Promise<T>} ask @returns {Promise<T>}
 */
export async function withHash(password, ask) {
  try {
    return await ask(passwordHash(password));
  } catch (fault) {
    const isSame = password === password.normalize('NFC');
    if (!(fault instanceof Refused) || fault.code !== 'bad_credentials' || isSame) throw fault;
    return ask(sha256Hex(password));
  }
}
