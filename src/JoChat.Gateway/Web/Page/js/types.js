// What the page's state is made of, and what changes it.

/** @typedef {'stored' | 'delivered' | 'read'} MessageState */
/**
 * @typedef {{
 *   id: number, sender: string, recipient: string, content: string, sentAt: number, state: MessageState,
 * }} Message
 */
/** @typedef {{with: string, unread: number, last: Message | null}} Conversation */
/**
 * @typedef {{messages: Message[], hasOlder: boolean, hasNewer: boolean, isHeld: boolean, isLoading: boolean,
 *   firstNew: number | null, askedAt?: number, askedBefore?: number}} Thread
 * messages: without gaps between them; hasNewer: there may be some behind the last that were not pushed to this page;
 * isHeld: somebody reads older messages, so these stay; firstNew: the first message that was unread; askedAt: the
 * newest id known when the newest were asked for, while they are read; askedBefore: the oldest id known when older ones
 * were asked for
 */
/**
 * @typedef {{clientId: string, to: string, text: string, at: number, status: 'waiting' | 'sending' | 'failed',
 *   error: string | null}} Outgoing
 */
/** @typedef {{status: 'connecting' | 'online' | 'waiting', retryAt: number | null}} LineState */
/** @typedef {{kind: 'info' | 'failure', text: string}} Notice */

/**
 * @typedef {object} State
 * @property {'starting' | 'guest' | 'chatting' | 'elsewhere'} phase elsewhere: the account was taken over
 * @property {string | null} me the account's name
 * @property {LineState} line
 * @property {Conversation[]} conversations the newest first
 * @property {boolean} hasMoreConversations
 * @property {string | null} open whose conversation is shown
 * @property {Record<string, Thread>} threads
 * @property {Outgoing[]} outbox in the order of writing
 * @property {string[]} online
 * @property {string[]} gone who has deleted the account while this page was open
 * @property {Record<string, number>} typing until when, ms
 * @property {Record<string, string>} drafts
 * @property {Notice | null} notice
 * @property {string | null} reason why the session ended, as session_closed says it
 * @property {{maxContent: number, maxUsername: number}} limits bytes, characters
 */

/**
 * @typedef {{type: 'line', line: LineState}
 *   | {type: 'guest', reason?: string}
 *   | {type: 'entered', me: string, limits: State['limits'], outbox: Outgoing[], drafts: State['drafts']}
 *   | {type: 'elsewhere'}
 *   | {type: 'conversations', conversations: Conversation[], isFirst: boolean, hasMore: boolean}
 *   | {type: 'opened', name: string | null}
 *   | {type: 'held', name: string, isHeld: boolean}
 *   | {type: 'loading', name: string, before?: number}
 *   | {type: 'history', name: string, before?: number, messages: Message[]}
 *   | {type: 'notLoaded', name: string, before?: number}
 *   | {type: 'arrived', messages: Message[]}
 *   | {type: 'queued', outgoing: Outgoing}
 *   | {type: 'sending', clientId: string}
 *   | {type: 'sent', clientId: string, id: number, sentAt: number}
 *   | {type: 'failed', clientId: string, error: string}
 *   | {type: 'discarded', clientId: string}
 *   | {type: 'receipt', kind: 'delivered' | 'read', by: string, through: number}
 *   | {type: 'read', name: string, through: number}
 *   | {type: 'deleted', ids: number[]}
 *   | {type: 'present', online: string[]}
 *   | {type: 'presence', name: string, isOnline: boolean}
 *   | {type: 'gone', name: string}
 *   | {type: 'typing', name: string, until: number | null}
 *   | {type: 'draft', name: string, text: string}
 *   | {type: 'notice', notice: Notice | null}
 *   | {type: 'restored', state: Partial<State>}} Action
 */

export {};
