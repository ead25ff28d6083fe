// Puts the page together: one store, one chat, and the view of the phase it is in.

import { Chat } from './chat.js';
import { Database } from './database.js';
import { h, replace } from './dom.js';
import { notifyOfMessages } from './notifications.js';
import { keepForOffline } from './offline.js';
import { clear, onRoute } from './routes.js';
import { eachFrame, Store } from './store.js';
import { showUnread } from './title.js';
import { viewOf } from './view.js';
import { ChatView } from './views/chat-view.js';
import { ElsewhereView } from './views/elsewhere-view.js';
import { NoticeBar } from './views/notice-bar.js';
import { StartingView } from './views/starting-view.js';
import { WelcomeView } from './views/welcome-view.js';

const AFTER_START = 1_000; // ms

const store = new Store(eachFrame);
const chat = new Chat(store, new Database());
const owner = { store, chat };
const views = { starting: StartingView, guest: WelcomeView, chatting: ChatView, elsewhere: ElsewhereView };

const place = h('div', { class: 'page' });
document.body.append(place, viewOf(NoticeBar, owner));

/** @type {import('./state.js').State['phase'] | null} */
let phase = null;
store.subscribe((state) => {
  if (state.phase === phase) return;
  for (const dialog of document.querySelectorAll('dialog')) dialog.close(); // they were about what is gone
  if (phase === 'chatting' && state.phase === 'guest') clear();
  if (phase === 'starting') setTimeout(keepForOffline, AFTER_START);
  phase = state.phase;
  replace(place, viewOf(views[phase], owner));
});

onRoute((name) => { if (store.state.phase === 'chatting') chat.open(name); });
showUnread(store);
notifyOfMessages(store);
chat.begin();
