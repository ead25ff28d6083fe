// How easily a password is guessed. Told, not enforced. Pure.

const COMMON = /^(?:password|passwort|qwert[yz]\w*|letmein|welcome|admin|iloveyou|abc|monkey|dragon)?[\d!?.]*$/i;

/**
 * @param {string} password @param {string} name
 * @returns {0 | 1 | 2 | 3 | 4} from very easy to guess to strong
 */
export function strength(password, name) {
  if (COMMON.test(password)) return 0;
  if (name !== '' && password.toLowerCase().includes(name.toLowerCase())) return 0;
  const bits = distinctSteps(password) * Math.log2(alphabet(password));
  if (bits < 28) return 0;
  if (bits < 40) return 1;
  if (bits < 56) return 2;
  return bits < 72 ? 3 : 4;
}

// aaaa and 1234 are hardly longer than one character.
/** @param {string} text */
function distinctSteps(text) {
  const codes = [...text].map((one) => /** @type {number} */ (one.codePointAt(0)));
  return codes.filter((code, index) => index === 0 || Math.abs(code - codes[index - 1]) > 1).length;
}

/** @param {string} text */
const alphabet = (text) => (/[a-z]/.test(text) ? 26 : 0) + (/[A-Z]/.test(text) ? 26 : 0) + (/\d/.test(text) ? 10 : 0)
  + (/[^a-zA-Z\d]/.test(text) ? 33 : 0) || 2;
