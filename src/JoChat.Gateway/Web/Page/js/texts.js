// Every text of the page. Another language is another module like this one.

const number = new Intl.NumberFormat('en');
const plural = new Intl.PluralRules('en');

/** @param {number} count @param {string} one @param {string} other */
const counted = (count, one, other) => `${number.format(count)} ${plural.select(count) === 'one' ? one : other}`;

export const texts = {
  appName: 'JoChat',
  cancel: 'Cancel',
  close: 'Close',
  dismiss: 'Dismiss',
  you: 'You',

  // Welcome
  tagline: 'Messages between people, on your own server.',
  logIn: 'Log in',
  signUp: 'Sign up',
  loggingIn: 'Logging in…',
  signingUp: 'Signing up…',
  name: 'Name',
  nameHint: (/** @type {number} */ most) => `How others find you: up to ${most} characters, no spaces.`,
  password: 'Password',
  showPassword: 'Show password',
  newHere: 'New here?',
  knownHere: 'Already have an account?',
  strengthLabel: 'Strength of the password',
  strengths: ['Very easy to guess', 'Easy to guess', 'Fair', 'Good', 'Strong'],
  notEncrypted: 'This connection is not encrypted: whoever is on the way can read along.',
  takeOverTitle: 'Logged in elsewhere',
  takeOverText: (/** @type {string} */ name, /** @type {string} */ since) =>
    `${name} is logged in on another device or browser${since && `, since ${since}`}. `
      + 'Logging in here ends it there. No message is lost.',
  takeOver: 'Log in here',
  reasons: /** @type {Record<string, string>} */ ({
    account_deleted: 'This account has been deleted.',
    revoked: 'Your login has been revoked. Log in again with your password.',
  }),

  // Elsewhere
  elsewhereTitle: 'JoChat is open elsewhere',
  elsewhereText: 'You logged in on another device or browser, so this page was disconnected.',
  useHere: 'Use it here',

  // Line
  connecting: 'Connecting…',
  noConnection: 'No connection.',
  tryingAgainIn: (/** @type {number} */ seconds) => `Trying again in ${seconds} s`,
  tryingAgain: 'Trying again…',
  tryNow: 'Try now',
  connectedAgain: 'Connected again.',
  waitingToBeSent: (/** @type {number} */ count) => `${counted(count, 'message waits', 'messages wait')} to be sent.`,

  // Conversations
  conversations: 'Conversations',
  findPeople: 'Find people',
  account: 'Account and settings',
  help: 'Keyboard shortcuts',
  noConversations: 'No conversations yet',
  noConversationsHint: 'Find someone by name and say hello.',
  lastOwn: (/** @type {string} */ text) => `You: ${text}`,
  draft: 'Draft:',
  failed: 'Not sent:',
  unread: (/** @type {number} */ count) => counted(count, 'unread message', 'unread messages'),
  unreadBadge: (/** @type {number} */ count) => (count > 99 ? '99+' : String(count)),
  online: 'Online',
  offline: 'Offline',
  gone: 'Deleted the account',
  hasGone: (/** @type {string} */ name) => `${name} deleted the account.`,
  isTyping: 'Writing…',
  noMessages: 'No messages',

  // Conversation
  chooseTitle: 'No conversation open',
  chooseText: 'Choose one from the list, or find someone to write to.',
  back: 'Back to the conversations',
  messagesWith: (/** @type {string} */ name) => `Messages with ${name}`,
  noteToSelf: 'Notes to yourself',
  loadingOlder: 'Loading older messages…',
  olderNotLoaded: 'Older messages are shown once there is a connection.',
  beginning: (/** @type {string} */ name) => `This is the beginning of your conversation with ${name}.`,
  newMessages: 'New',
  newBelow: (/** @type {number} */ count) => counted(count, 'new message', 'new messages'),
  toNewest: 'To the newest message',
  announced: (/** @type {string} */ name, /** @type {string} */ time, /** @type {string} */ text) =>
    `${name}, ${time}: ${text}`,
  announcedMany: (/** @type {string} */ name, /** @type {number} */ count) =>
    `${counted(count, 'new message', 'new messages')} from ${name}`,
  showAll: 'Show all of it',
  states: {
    waiting: 'Waiting for the connection',
    sending: 'Sending',
    stored: 'Sent',
    delivered: 'Delivered',
    read: 'Read',
    failed: 'Not sent',
  },
  notSent: (/** @type {string} */ why) => `Not sent. ${why}`,
  retry: 'Retry',
  discard: 'Discard',
  copy: 'Copy text',
  copied: 'Copied.',
  notCopied: 'The browser did not let it be copied.',
  deleteMessage: 'Delete message',
  deleteTitle: 'Delete this message?',
  deleteText: 'It is gone for both of you, and cannot be brought back.',
  delete: 'Delete',

  block: 'Block',
  blockTitle: (/** @type {string} */ name) => `Block ${name}?`,
  blockText: 'What they send from now on does not reach you, and they are not told. The account settings end it.',
  blocked: (/** @type {string} */ name) => `${name} is blocked.`,

  // Composer
  placeholder: 'Message',
  write: (/** @type {string} */ name) => `Write to ${name}`,
  send: 'Send',
  bytesLeft: (/** @type {number} */ left) => `${number.format(left)} bytes left`,
  tooLong: (/** @type {number} */ bytes, /** @type {number} */ most) =>
    `This message has ${number.format(bytes)} bytes; ${number.format(most)} fit. Shorten it, or send it in parts.`,
  notStored: 'This device could not store the message, so it was not sent. It is still in the text field.',

  // People
  searchPeople: 'Name, or part of it',
  searchHint: '* stands for any text, ? for one character.',
  nobody: (/** @type {string} */ pattern) => `Nobody is called like “${pattern}”.`,
  nobodyAtAll: 'Nobody else has an account here yet.',
  searching: 'Searching…',
  people: 'People',
  more: 'Show more',
  thatIsYou: 'That is you',

  // Account
  loggedInAs: 'Logged in as',
  notifications: 'Notifications',
  notifyMe: 'Notify me of new messages',
  notifyText: 'Show the text in notifications',
  notifyBlocked: 'The browser blocks notifications of this page. Allow them in its settings.',
  notifyInsecure: 'Browsers allow notifications over HTTPS only.',
  notifyHidden: 'New message',
  blockedPeople: 'Blocked people',
  nobodyBlocked: 'You block nobody.',
  unblock: 'Unblock',
  unblockWhom: (/** @type {string} */ name) => `Unblock ${name}`,
  logins: 'Where you are logged in',
  loginsHint: 'Every login that is kept, with when and where it was used last and what its program calls itself.',
  thisBrowser: 'this browser',
  connectedNow: 'connected now',
  endLogin: 'End',
  loginEnded: 'That login has ended.',
  changePassword: 'Change password',
  oldPassword: 'Old password',
  newPassword: 'New password',
  changing: 'Changing…',
  oldPasswordWrong: 'The old password is wrong.',
  passwordWrong: 'The password is wrong.',
  passwordChanged: 'The password is changed. Other devices have to log in again.',
  logOut: 'Log out',
  logOutWaitingTitle: 'Log out now?',
  logOutWaiting: (/** @type {number} */ count) =>
    `${counted(count, 'message waits', 'messages wait')} to be sent and would be lost.`,
  deleteAccount: 'Delete account',
  deleteAccountGone: 'This deletes for good:',
  deleteAccountList: [
    'your account, at once and on every device',
    'every message you received',
    'every message you sent, also for the people you sent it to',
  ],
  deleteAccountName: 'Nobody, not even you, can sign up with the name for some time; then someone else may.',
  typeName: (/** @type {string} */ name) => `Type ${name} to confirm`,
  deleting: 'Deleting…',
  accountDeleted: (/** @type {string} */ name) => `The account ${name} is deleted.`,

  // Help
  shortcuts: /** @type {[string[], string][]} */ ([
    [['?'], 'This help'],
    [['/', 'Ctrl K'], 'Find people'],
    [['n'], 'Next conversation with unread messages'],
    [['↑ ↓', 'j k'], 'Move in a list'],
    [['Enter'], 'Open a conversation, send a message'],
    [['Shift Enter'], 'New line'],
    [['↑'], 'In an empty text field: go to the messages'],
    [['Delete'], 'Delete the chosen message that you received'],
    [['Esc'], 'Back; a draft is kept'],
  ]),
  or: 'or',

  // Faults
  noServer: 'The server cannot be reached. Check the connection and try again.',
  unexpected: 'Something went wrong. Try again.',
  refusals: {
    busy: 'The server is busy. Try again in a moment.',
    storage_unavailable: 'The server cannot store anything right now. Try again later.',
    bad_credentials: 'The name or the password is wrong.',
    invalid_password: 'The password holds a character that is no text. Type it anew.',
    username_taken: 'This name is taken. Choose another.',
    no_such_recipient: 'There is no such account any more.',
    no_such_session: 'That login has ended already.',
    not_logged_in: 'You are not logged in any more.',
  },
};
