// The account: notifications, password, log out, delete.

import { confirmed, openDialog } from '../dialogs.js';
import { bdi, h, replace, visible } from '../dom.js';
import { explain } from '../faults.js';
import { field, form, passwordField } from '../fields.js';
import { notify, showText } from '../settings.js';
import { texts } from '../texts.js';
import { blockedPeople } from './blocking.js';
import { keptLogins } from './logins.js';

/** @typedef {import('../view.js').View} View */

/** @param {View} owner */
export function openAccount(owner) {
  const me = owner.store.state.me ?? '';
  const dialog = openDialog(texts.account, { class: 'account' },
    h('p', { class: 'who' }, texts.loggedInAs, ' ', bdi(me, 'name')),
    h('button', { class: 'button', onclick: () => void logOut(owner, () => dialog.close()) }, texts.logOut),
    h('section', null, h('h3', null, texts.notifications), ...notifications()),
    blockedPeople(owner),
    keptLogins(owner),
    h('details', null, h('summary', null, texts.changePassword), passwordForm(owner, () => dialog.close())),
    h('details', null, h('summary', null, texts.deleteAccount), deletion(owner, me, () => dialog.close())));
}

/** @param {View} owner @param {() => void} close */
async function logOut({ store, chat }, close) {
  const waiting = store.state.outbox.length;
  const question = {
    title: texts.logOutWaitingTitle, text: texts.logOutWaiting(waiting), action: texts.logOut, isDanger: true,
  };
  if (waiting > 0 && !await confirmed(question)) return;
  close();
  try {
    await chat.logOut();
  } catch (fault) { // the tab that has the line sleeps
    store.dispatch({ type: 'notice', notice: { kind: 'failure', text: explain(fault) } });
  }
}

function notifications() {
  const why = h('p', { class: 'hint', role: 'status' });
  const wanted = checkbox(texts.notifyMe, notify.get() && isAllowed(), async () => {
    if (wanted.input.checked && 'Notification' in window) await Notification.requestPermission();
    wanted.input.checked &&= isAllowed();
    notify.set(wanted.input.checked);
    explain();
  });
  const text = checkbox(texts.notifyText, showText.get(), () => showText.set(text.input.checked));
  const explain = () => {
    const isBlocked = 'Notification' in window && Notification.permission === 'denied';
    replace(why, !isSecureContext ? texts.notifyInsecure : isBlocked && texts.notifyBlocked);
    wanted.input.disabled = !isSecureContext || isBlocked;
    text.input.disabled = !wanted.input.checked;
  };
  explain();
  return [wanted.element, text.element, why];
}

const isAllowed = () => 'Notification' in window && Notification.permission === 'granted';

/** @param {string} label @param {boolean} isChecked @param {() => void} onchange */
function checkbox(label, isChecked, onchange) {
  const input = /** @type {HTMLInputElement} */ (h('input', { type: 'checkbox', checked: isChecked, onchange }));
  return { input, element: h('label', { class: 'check' }, input, label) };
}

/** @param {View} owner @param {() => void} close */
function passwordForm({ store, chat }, close) {
  const whose = h('input', { autocomplete: 'username', value: store.state.me, hidden: true }); // for password managers
  const before = passwordField(texts.oldPassword, 'current-password');
  const after = passwordField(texts.newPassword, 'new-password');
  const submit = async () => {
    await chat.changePassword(before.input.value, after.input.value);
    close();
    store.dispatch({ type: 'notice', notice: { kind: 'info', text: texts.passwordChanged } });
  };
  const refusals = { bad_credentials: texts.oldPasswordWrong };
  return form({ action: texts.changePassword, busy: texts.changing, submit, refusals },
    whose, before.element, after.element);
}

/** @param {View} owner @param {string} me @param {() => void} close */
function deletion({ store, chat }, me, close) {
  const { element, input } = field(texts.typeName(visible(me)), { autocomplete: 'off', dir: 'auto', required: true });
  const check = () => input.setCustomValidity(isSame(input.value, me) ? '' : texts.typeName(visible(me)));
  input.addEventListener('input', check);
  check();
  const password = passwordField(texts.password, 'current-password');
  const submit = async () => {
    await chat.deleteAccount(password.input.value);
    close();
    store.dispatch({ type: 'notice', notice: { kind: 'info', text: texts.accountDeleted(me) } });
  };
  return h('div', null,
    h('p', null, texts.deleteAccountGone),
    h('ul', null, ...texts.deleteAccountList.map((what) => h('li', null, what))),
    h('p', null, texts.deleteAccountName),
    form({
      action: texts.deleteAccount, busy: texts.deleting, submit, class: 'danger',
      refusals: { bad_credentials: texts.passwordWrong },
    }, element, password.element));
}

/** @param {string} typed @param {string} name */
const isSame = (typed, name) => typed.trim().normalize('NFC') === name;
