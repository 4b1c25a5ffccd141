/** framework.js files that are wrong on purpose, each in one way. Whatever they do, an agent answers, hangs up and goes on. */
export interface HostileScript {
	name: string;
	source: string;
	/** What an operator reads of it, `code text`; absent: there is nothing to say. */
	told?: RegExp | { isolated?: RegExp; window?: RegExp };
	/** It says more than an isolated script may say at once: one flood after the other is one that does not end. */
	floods?: true;
	/** In the panel's window it does what scripts may do there ([isolation](docs/isolation.md)). */
	onlyIsolated?: true;
}

const isPutBack = (what: string) => ({ window: new RegExp(`script\\.broke ${what}`) });

const framework = (members: string, more = "") => `${more}
window.Framework = { config: { name: "hostile", clientIds: {}, settings: { enableCallLogs: true } },
${members}
};`;
const subscribed = (callback: string) =>
	`window.PureCloud.subscribe([{ type: "Interaction", callback: ${callback} }]);`;
const inPop = (body: string) => framework(`screenPop() {\n${body}\n}`);
const bad = "(() => { const a = { n: 1n, s: Symbol('s'), f() {}, d: new Date(NaN) }; a.a = a; return a; })()";

/** Those that may come one after the other in one page: they leave it as it is. */
export const passingScripts: readonly HostileScript[] = [
	{
		name: "throws at load",
		source: 'window.Framework = { config: {} };\nthrow new Error("at load");',
		told: /at load \(line 2\)/,
	},
	{ name: "throws in screenPop", source: inPop('throw new Error("pop");'), told: /screenPop: pop|pop.*\(line 4\)/ },
	{
		name: "throws in processCallLog",
		source: framework('processCallLog() { throw new Error("log"); }'),
		told: /processCallLog: log \(line 3\)/,
	},
	{
		name: "throws in a subscription",
		source: subscribed('() => { throw new Error("event"); }'),
		told: /subscribe Interaction \w+: event \(line 1\)/,
	},
	{
		name: "rejects in screenPop",
		source: framework('async screenPop() { await 0; throw new Error("async pop"); }'),
		told: /screenPop: async pop \(line 3\)/,
	},
	{ name: "throws nothing", source: inPop("throw undefined;"), told: /screenPop: undefined/ },
	{ name: "throws a text of a megabyte", source: inPop('throw "x".repeat(1e6);'), told: /screenPop: x{100}/ },
	{
		name: "throws what cannot be read",
		source: inPop("throw { get message() { throw 1; }, toString() { throw 2; } };"),
		told: /screenPop: unknown error/,
	},
	{
		name: "throws what cannot be written",
		source: inPop("throw { message: { toString() { throw 2; } } };"),
	},
	{ name: "throws in a timer", source: 'setTimeout(() => { throw new Error("timer"); });', told: /timer \(line 1\)/ },
	{
		name: "throws in a listener",
		source: 'addEventListener("hostile", () => { throw new Error("listener"); }); dispatchEvent(new Event("hostile"));',
		told: /listener \(line 1\)/,
	},
	{
		name: "leaves a promise rejected",
		source: 'Promise.reject(new Error("left alone"));',
		told: /left alone \(line 1\)/,
	},
	{
		name: "never calls back",
		source: framework("processCallLog() {}, contactSearch() {}, screenPop() { return new Promise(() => {}); }"),
	},
	{
		name: "calls back a thousand times",
		floods: true,
		source: framework(
			"processCallLog(log, interaction, name, done) { for (let i = 0; i < 1000; i++) done({ id: i }); }",
		),
		told: { isolated: /message\.dropped the script \(flood\): 1 not taken/ },
	},
	{
		name: "calls back with nonsense",
		source: framework(
			`processCallLog(log, interaction, name, done, failed) { done(${bad}); done(null); done(); failed(${bad}); }`,
		),
	},
	{
		name: "fails every log",
		source: framework("processCallLog(log, interaction, name, done, failed) { failed(); }"),
		told: /calllog\.failed/,
	},
	{
		name: "has a Framework that throws",
		source:
			'window.Framework = new Proxy({}, { get() { throw new Error("proxy"); }, ownKeys() { throw new Error("keys"); } });',
	},
	{
		name: "has callbacks that are none",
		source:
			"window.Framework = { config: {}, screenPop: 1, processCallLog: {}, initialSetup: 'x', contactSearch: [] };",
	},
	{ name: "sets Framework to nothing", source: "window.Framework = null;" },
	{
		name: "has callbacks behind getters that throw",
		source:
			'window.Framework = { config: {}, get screenPop() { throw new Error("get"); }, get processCallLog() { throw new Error("get"); } };',
	},
	{
		name: "has a config without end",
		source:
			"const endless = {}; endless.config = endless; endless.settings = endless; window.Framework = { config: endless };",
	},
	{
		name: "subscribes to nonsense",
		source: `window.PureCloud.subscribe(${bad}); window.PureCloud.subscribe([null, 1, { type: 1 }, { type: "Interaction", callback: 2 }, { get type() { throw 1; } }]);`,
	},
	{
		name: "asks for nonsense",
		source: `for (const ask of [PureCloud.clickToDial, PureCloud.addAssociation, PureCloud.addTransferContext, PureCloud.addCustomAttributes, PureCloud.Interaction.updateState, PureCloud.User.updateStatus, PureCloud.User.setView, PureCloud.User.getAuthToken, PureCloud.User.Notification.notifyUser, PureCloud.User.Notification.setAudioConfiguration, PureCloud.Interaction.Chat.getTranscript])
	for (const given of [undefined, null, 1, "x", [], ${bad}, { get type() { throw 1; } }]) ask(given);`,
	},
	{
		name: "floods with notices",
		floods: true,
		source: 'for (let i = 0; i < 3000; i++) PureCloud.User.Notification.notifyUser({ message: "notice " + i });',
	},
	{
		name: "floods with requests",
		floods: true,
		source: 'for (let i = 0; i < 400; i++) PureCloud.Inlay.request("none" + i).catch(() => {});',
	},
	{ name: "floods the log", floods: true, source: 'for (let i = 0; i < 2000; i++) console.debug("line", i);' },
	{
		name: "floods its own window with messages",
		floods: true,
		source: 'for (let i = 0; i < 5000; i++) postMessage("x".repeat(100), "*");',
	},
	{
		name: "floods the page around with messages",
		floods: true,
		source: 'for (let i = 0; i < 200; i++) parent.postMessage("x".repeat(1000), "*");',
	},
	{
		name: "notifies of ten megabytes",
		floods: true,
		source: 'PureCloud.User.Notification.notifyUser({ message: "x".repeat(1e7), timeout: 1 });',
	},
	{
		name: "changes what it is handed",
		source: subscribed(
			"(category, data) => { Object.freeze(data); for (const key in data) delete data[key]; data.id = 'other'; }",
		),
	},
	{
		name: "subscribes anew with each event",
		floods: true,
		source:
			"let turns = 0; const again = () => { if (++turns < 500) window.PureCloud.subscribe([{ type: 'Interaction', callback: again }]); }; again();",
	},
	{
		name: "subscribes to a list without end",
		source: "window.PureCloud.subscribe({ *[Symbol.iterator]() { let i = 0; for (;;) yield { type: i++ }; } });",
	},
	{
		name: "subscribes to a list that is said to be long",
		source: "window.PureCloud.subscribe({ length: 2 ** 31 });",
	},
	{
		name: "lists a hundred million names",
		source:
			"window.Framework = { config: { name: 'x', clientIds: {}, customInteractionAttributes: new Array(1e8), settings: { searchTargets: new Array(1e8) } } };",
	},
	{
		name: "has a callback that traps its call",
		source: framework("screenPop: new Proxy(function () {}, { apply() { throw new Error('trap'); } })"),
		told: /screenPop: trap/,
	},
	{
		name: "gives what is thenable for ever",
		source: inPop(
			"const again = { then(done) { done(again); } }; let n = 0; return { then(done) { if (n++ < 1e4) done(this); } };",
		),
	},
	{
		name: "waits for memory that others share",
		source: "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);",
		told: /SharedArrayBuffer|Atomics/,
	},
	{
		name: "keeps fifty megabytes",
		source: "var keptHere = Array.from({ length: 50 }, () => new Uint8Array(1e6).fill(1));",
	},
	{
		name: "goes on in its address",
		source: "try { for (let i = 0; i < 50; i++) history.pushState({ i }, '', '#' + i); } catch {}",
	},
	{
		name: "asks for a service worker, the clipboard and the whole screen",
		source: `Promise.resolve().then(() => navigator.serviceWorker.register("/crm/sw.js")).catch(() => {});
Promise.resolve().then(() => navigator.clipboard.writeText("x")).catch(() => {});
Promise.resolve().then(() => document.documentElement.requestFullscreen()).catch(() => {});`,
	},
	{ name: "asks and asks by dialogs", source: "for (let i = 0; i < 5; i++) alert('again ' + i);" },
	{
		name: "shouts to every window of its origin",
		source:
			"try { const all = new BroadcastChannel('inlay'); for (let i = 0; i < 500; i++) all.postMessage({ type: 'lead', i }); } catch {}",
	},
	{
		name: "hands over a port and closes it",
		source:
			"const { port1, port2 } = new MessageChannel(); parent.postMessage({ type: 'PureCloud.subscribe' }, '*', [port2]); port1.close();",
	},
	{
		name: "has a worker that works without end",
		source:
			"try { const one = new Worker(URL.createObjectURL(new Blob(['for (;;);']))); setTimeout(() => one.terminate(), 2000); } catch {}",
	},
	{
		name: "waits in the shared memory of WebAssembly",
		source:
			"try { Atomics.wait(new Int32Array(new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }).buffer), 0, 0, 2000); } catch {}",
	},
	{
		name: "sets two timers in each timer",
		source: "let set = 0; const two = () => { if (++set < 10000) { setTimeout(two); setTimeout(two); } }; two();",
	},
	{
		name: "hands the page around fifty megabytes",
		source: "try { const all = new ArrayBuffer(5e7); parent.postMessage(all, '*', [all]); } catch {}",
	},
	{
		name: "opens frames in its page",
		source:
			"for (let i = 0; i < 20; i++) { const one = document.createElement('iframe'); one.hidden = true; document.documentElement.append(one); setTimeout(() => one.remove(), 1000); }",
	},
	{
		name: "has a configuration of proxies without end",
		source:
			"const without = () => new Proxy(function () {}, { get: () => without(), ownKeys: () => ['a', 'prototype'], getOwnPropertyDescriptor: () => ({ configurable: true, enumerable: true, writable: true, value: without() }) }); window.Framework = { config: without(), screenPop() {} };",
	},
	{
		name: "answers with what cannot be looked at",
		source: framework(
			"processCallLog(log, interaction, name, done) { done({ get id() { throw new Error('id'); } }); done(new Proxy({}, { get() { throw new Error('any'); } })); }",
		),
	},
	{ name: "stops its window from loading", source: "window.stop(); setTimeout(() => window.stop());" },
	{
		name: "fills databases",
		source:
			"try { for (let i = 0; i < 30; i++) indexedDB.open('hostile' + i).onsuccess = (event) => event.target.result.close(); } catch {}",
	},
	{
		name: "calls itself until the stack is full",
		source: inPop("const all = { get deeper() { return all.deeper + 1; } };\nreturn all.deeper;"),
		told: /screenPop: (?:Maximum call stack|too much recursion)/,
	},
	{
		name: "has a class for a callback",
		source: framework("screenPop: class { }"),
		told: /screenPop: .*[Cc]lass constructor/,
	},
	{
		name: "throws a chain of ten thousand causes",
		source: inPop(
			"let error; for (let i = 0; i < 10000; i++) error = new Error('cause ' + i, { cause: error });\nthrow error;",
		),
		told: /screenPop: cause 9999/,
	},
	{
		name: "throws an error whose stack cannot be read",
		source: inPop(
			"const error = new Error('unread'); Object.defineProperty(error, 'stack', { get() { throw 1; } }); throw error;",
		),
		told: /screenPop: unread/,
	},
	{
		name: "keeps its page by proxies and weak references",
		source: `const traps = new Proxy({}, { get() { return () => { throw new Error("trap"); }; } });
var keptPages = [new Proxy(document, traps), new Proxy(window, traps), new WeakRef(document), new WeakMap([[document, window]])];
new FinalizationRegistry(() => { throw new Error("swept"); }).register({}, 1);`,
	},
	{
		name: "makes a thousand elements at the changes of its page",
		source: `let made = 0;
new MutationObserver((changes, observer) => {
	if (++made > 1000) return observer.disconnect();
	const one = document.createElement("span"); document.documentElement.append(one); one.remove();
}).observe(document, { childList: true, subtree: true });
document.documentElement.append(document.createComment("begins"));`,
	},
	{
		name: "has a style of five thousand rules that ask for everything",
		source: `const rules = document.createElement("style");
rules.textContent = Array.from({ length: 5000 }, (_, i) => ":root:has(.none" + i + ") * > * ~ * + *:not(:nth-child(" + i + "n)) { color: red }").join("");
document.documentElement.append(rules); setTimeout(() => rules.remove(), 1500);`,
	},
	{
		name: "hands its own window fifty megabytes",
		floods: true,
		source: "postMessage('x'.repeat(5e7), '*'); postMessage(Array.from({ length: 2e5 }, (_, i) => ({ i })), '*');",
	},
	{
		name: "takes every lock",
		source: `Promise.resolve().then(async () => {
	const { held = [], pending = [] } = await navigator.locks.query();
	for (const { name } of [...held, ...pending, { name: "inlay" }]) navigator.locks.request(name, { steal: true }, () => new Promise(() => {})).catch(() => {});
}).catch(() => {});`,
	},
	{
		name: "asks its server for three hundred things at once",
		source: "for (let i = 0; i < 300; i++) fetch('/crm/none' + i).catch(() => {});",
	},
	{
		name: "closes, blurs and moves its window",
		source:
			"for (const each of ['close', 'blur', 'focus', 'moveTo', 'resizeTo', 'scrollTo']) try { window[each](0, 0); } catch {}",
	},
	{
		name: "replaces its address a thousand times",
		source: "try { for (let i = 0; i < 1000; i++) history.replaceState(null, '', location.href); } catch {}",
	},
	{
		name: "fills the storage",
		source: `for (const name of ["localStorage", "sessionStorage"]) try { for (let i = 0; i < 200; i++) window[name].setItem("hostile" + i, "x".repeat(1e5)); } catch {}`,
	},
	{ name: "takes PureCloud away", source: "delete window.PureCloud; window.PureCloud = null;" },
	{
		name: "says that its window goes, comes back and has no network",
		source:
			"for (const type of ['pagehide', 'pageshow', 'freeze', 'offline', 'beforeunload', 'unload']) dispatchEvent(new Event(type)); document.dispatchEvent(new Event('visibilitychange')); dispatchEvent(new Event('pagehide'));",
		told: { window: /script\.broke pagehide/ },
	},
	{
		name: "clears every timer that there may be",
		source:
			"let highest = setTimeout(() => {}); while (highest--) { clearTimeout(highest); clearInterval(highest); } for (let id = 1; id < 5000; id++) clearInterval(id);",
		told: isPutBack("timers"),
	},
	{
		name: "takes PureCloud's functions away, and freezes what is left",
		source:
			"for (const name in window.PureCloud) try { window.PureCloud[name] = null; } catch {} try { Object.freeze(window.PureCloud); } catch {}",
	},
	{
		name: "has a Framework of a window that is gone",
		source: `const other = document.createElement("iframe"); document.documentElement.append(other);
const of = other.contentWindow; window.Framework = new of.Object(); window.Framework.config = new of.Object();
window.Framework.screenPop = new of.Function("throw new Error('of another window')"); other.remove();`,
	},
	{
		name: "rejects with errors of a window that is gone",
		source: `const away = document.createElement("iframe"); document.documentElement.append(away);
const { Promise: theirs, Error: wrong } = away.contentWindow; away.remove();
window.Framework = { config: { name: "x", clientIds: {} }, screenPop: () => theirs.reject(new wrong("gone")) };`,
	},
	{
		name: "calls its own callbacks with nothing, and itself by them",
		source: framework(
			"initialSetup() {}, screenPop() { this.processCallLog(); }, processCallLog(log) { return log.id; }",
			"setTimeout(() => { try { window.Framework.screenPop(); } catch {} });",
		),
	},
	{
		name: "reaches for the page around",
		source:
			'for (const reach of [() => top.document.body.remove(), () => top.PureCloud.User.setView({ type: "settings" }), () => { top.location = "about:blank"; }]) try { if (top !== window) reach(); } catch { }',
	},
];

/** Those that do not come back. They are ended by their guards. */
export const loopingScripts: readonly HostileScript[] = [
	{
		name: "loops without end",
		source: inPop("for (;;);"),
		told: /script\.loop 5 s \(line 4\)/,
	},
	{
		name: "loops without end, and catches what ends it",
		source: inPop("while (true) {\ntry { while (true); } catch { continue; }\n}"),
		told: /script\.loop 5 s \(line 5\)/,
	},
	{
		name: "loops while it loads",
		source: framework("", "for (var i = 0; i >= 0; i = (i + 1) % 1000);"),
		told: /script\.loop 5 s \(line 1\)/,
	},
	{
		name: "calls itself by promises without end",
		source: inPop("const again = () => Promise.resolve().then(again);\nagain();"),
		told: /script\.loop 5 s \(line 4\)/,
	},
	{
		name: "goes through a list that grows",
		source: framework(
			"",
			subscribed("() => { const all = new Set([1]); for (const one of all) { all.delete(one); all.add(one); } }"),
		),
		told: /script\.loop 5 s \(line 1\)/,
	},
	{
		name: "calls itself twice, sixty deep",
		source: inPop("const fib = (n) => n < 2 ? n : fib(n - 1) + fib(n - 2);\nfib(60);"),
		told: /script\.loop 5 s \(line 4\)/,
	},
	{
		name: "reads a generator without end",
		source: inPop("function* ones() { for (;;) yield 1; }\nfor (const one of ones()) void one;"),
		told: /script\.loop 5 s \(line [45]\)/,
	},
	{
		name: "changes its page at each change of its page",
		source: inPop(
			"let n = 0; const again = () => document.documentElement.setAttribute('data-n', ++n);\nnew MutationObserver(again).observe(document.documentElement, { attributes: true });\nagain();",
		),
		told: /script\.loop 5 s \(line [45]\)/,
	},
	{
		name: "awaits nothing for ever",
		source: inPop("(async () => {\nfor (;;) await 0;\n})();"),
		told: /script\.loop 5 s \(line 5\)/,
	},
	{
		name: "puts a list in an order that never ends",
		source: inPop(
			"const all = Array.from({ length: 2e6 }, (_, i) => i);\nfor (;;) all.sort((a, b) => ((a * 7919) % 10007) - ((b * 7919) % 10007));",
		),
		told: /script\.loop 5 s \(line 5\)/,
	},
	{
		name: "asks and asks without end",
		source: inPop('while (true) confirm("again");'),
		told: /script\.loop 10 dialogs \(line 4\)/,
	},
	{
		name: "asks its server and waits, without end",
		source: inPop(
			'while (true) {\nconst one = new XMLHttpRequest(); one.open("GET", "/crm/none", false); try { one.send(); } catch {} }',
		),
		told: {
			window: /script\.loop \d+ s \(line 4\)/,
			isolated: /script\.(?:loop \d+ s \(line 4\)|silent 9 s \(screenPop\))/,
		},
	},
];

/** Those that leave their window in ruins, each in a page of its own. Isolated, that window is the script's alone. */
export const ruinousScripts: readonly HostileScript[] = [
	{
		name: "asks in every moment",
		source: inPop('setInterval(() => { confirm("again"); });'),
		told: { window: /script\.loop 10 dialogs \(line 4\)/ },
	},
	{
		name: "takes JSON",
		source: framework("", "JSON.parse = JSON.stringify = () => { throw new Error('no'); };"),
		told: isPutBack("JSON"),
	},
	{
		name: "breaks lists",
		source: framework(
			"",
			"for (const name of Object.getOwnPropertyNames(Array.prototype)) if (name !== 'constructor' && name !== 'length') Array.prototype[name] = () => { throw new Error(name); };",
		),
		told: isPutBack("Array"),
	},
	{
		name: "breaks promises",
		source: framework(
			"",
			"Promise.prototype.then = function () { return 1; }; Promise.all = Promise.resolve = () => { throw 1; };",
		),
		told: isPutBack("Promise"),
	},
	{
		name: "breaks events",
		source: framework(
			"",
			"EventTarget.prototype.addEventListener = EventTarget.prototype.dispatchEvent = () => { throw 1; };",
		),
		told: isPutBack("events"),
	},
	{
		name: "breaks elements",
		source: framework(
			"",
			"Node.prototype.insertBefore = Node.prototype.removeChild = Element.prototype.setAttribute = Document.prototype.createElement = () => { throw 1; };",
		),
		told: isPutBack("the page"),
	},
	{
		name: "breaks texts and maps",
		source: framework(
			"",
			"String.prototype.replace = String.prototype.split = String.prototype.trim = Map.prototype.get = Set.prototype.has = () => undefined;",
		),
		told: isPutBack("Array|String"),
	},
	{
		name: "takes fetch, sockets and timers",
		source: framework(
			"",
			"window.fetch = () => Promise.reject(new Error('no')); window.WebSocket = function () { throw 1; }; window.XMLHttpRequest = null; window.setTimeout = window.queueMicrotask = () => { throw 1; };",
		),
		told: isPutBack("timers"),
	},
	{
		name: "freezes what all objects have",
		source: framework(
			"",
			"for (const one of [Object, Array, Promise, String, Function, EventTarget, Element, Node]) Object.freeze(one.prototype);",
		),
	},
	{
		name: "traps every object",
		source: framework(
			"",
			"for (const key of ['type', 'id', 'state', 'value']) Object.defineProperty(Object.prototype, key, { configurable: true, get() { throw new Error('trap'); }, set() { throw new Error('trap'); } });",
		),
		told: isPutBack("Object"),
	},
	{ name: "adds to every object", source: framework("", "Object.prototype.extra = 'x'; Array.prototype.more = 'y';") },
	{
		name: "makes texts of lists, and every object one to wait for",
		source: framework(
			"",
			"Array.prototype.toJSON = function () { return this.join(); }; Object.prototype.then = function () {};",
		),
		told: isPutBack("JSON|Promise"),
	},
	{
		name: "takes loops over lists",
		source: framework("", "delete Array.prototype[Symbol.iterator]; Map.prototype[Symbol.iterator] = null;"),
		told: isPutBack("Array"),
	},
	{
		name: "names what descriptions of properties have",
		source: framework("", "Object.prototype.get = 1; Object.prototype.writable = false;"),
		told: isPutBack("Object"),
	},
	{
		name: "takes the time, and what is random",
		source: framework(
			"",
			"Date.now = () => NaN; performance.now = Math.random = crypto.randomUUID = () => { throw new Error('no'); };",
		),
		told: isPutBack("String, Number and Date"),
	},
	{
		name: "breaks messages",
		source: framework(
			"",
			"Object.defineProperty(MessageEvent.prototype, 'data', { get() { throw 1; } }); MessagePort.prototype.postMessage = () => { throw 1; };",
		),
		told: isPutBack("events"),
	},
	{
		name: "hides what its window and document are made by",
		source: framework(
			"",
			"window.addEventListener = window.removeEventListener = document.createElement = document.createTextNode = () => { throw 1; };",
		),
		told: isPutBack("events|the page"),
	},
	{
		name: "makes no text of anything",
		source: framework(
			"",
			"Object.prototype.toString = Function.prototype.toString = Number.prototype.toString = Error.prototype.toString = () => { throw 1; };",
		),
		told: isPutBack("Object"),
	},
	{
		name: "hides everything by its style",
		source: framework(
			"",
			"const all = document.createElement('style'); all.textContent = '* { display: none !important; }'; document.documentElement.append(all);",
		),
		onlyIsolated: true,
	},
	{
		name: "takes what the phone is made by",
		source: framework(
			"",
			"window.RTCPeerConnection = function () { throw 1; }; window.MediaStream = null; for (const name of ['createOffer', 'createAnswer', 'setRemoteDescription', 'addTrack']) if (self.RTCPeerConnection.prototype) RTCPeerConnection.prototype[name] = () => { throw 1; };",
		),
		told: isPutBack("sound"),
	},
	{
		name: "breaks the console",
		source: framework(
			"",
			"for (const name of Object.keys(console)) try { console[name] = () => { throw new Error('console'); }; } catch {}",
		),
	},
	{
		name: "breaks how functions are called",
		source: framework(
			"",
			"Function.prototype.call = Function.prototype.apply = Function.prototype.bind = () => { throw 1; };",
		),
		told: isPutBack("Object"),
	},
	{
		name: "takes storage, languages and what texts are made by",
		source: framework(
			"",
			"try { Storage.prototype.getItem = Storage.prototype.setItem = Storage.prototype.removeItem = () => { throw 1; }; } catch {} for (const name of ['DateTimeFormat', 'NumberFormat', 'PluralRules', 'RelativeTimeFormat', 'ListFormat', 'Collator']) Intl[name] = function () { throw 1; }; String.prototype.normalize = String.prototype.localeCompare = () => { throw 1; };",
		),
		told: isPutBack("languages and storage"),
	},
	{
		name: "breaks what comes from servers",
		source: framework(
			"",
			"for (const [of, names] of [[Response, ['json', 'text', 'blob', 'arrayBuffer']], [Headers, ['get', 'set', 'append']], [WebSocket, ['send', 'close']], [Blob, ['text', 'slice']], [FormData, ['append']], [URLSearchParams, ['get', 'set', 'append', 'toString']], [AbortController, ['abort']]]) for (const name of names) of.prototype[name] = () => { throw 1; }; window.structuredClone = window.TextEncoder = window.TextDecoder = window.btoa = window.atob = () => { throw 1; };",
		),
		told: isPutBack("answers of servers"),
	},
	{
		name: "breaks focus, dialogs and measures",
		source: framework(
			"",
			"HTMLElement.prototype.focus = HTMLElement.prototype.blur = Element.prototype.scrollIntoView = Element.prototype.getBoundingClientRect = window.getComputedStyle = window.matchMedia = () => { throw 1; }; HTMLDialogElement.prototype.showModal = HTMLDialogElement.prototype.close = () => { throw 1; }; window.ResizeObserver = window.IntersectionObserver = window.MutationObserver = function () { throw 1; };",
		),
		told: isPutBack("focus and measures"),
	},
	{
		name: "makes no stack of an error",
		source: framework("", "Error.prepareStackTrace = () => { throw 1; }; Error.stackTraceLimit = 0;"),
	},
	{
		name: "hides its Framework behind a trap that gives another one each time",
		source: `let asked = 0;
Object.defineProperty(window, "Framework", { get() { if (++asked % 3 === 0) throw new Error("asked too often"); return asked % 2 ? { config: { name: "a", clientIds: {} }, screenPop() {} } : undefined; }, set() { throw new Error("kept"); } });`,
	},
	{
		name: "takes its page's elements away",
		source: framework("", "document.documentElement.replaceChildren(); document.replaceChildren();"),
		onlyIsolated: true,
	},
	{
		name: "writes over the page",
		source: inPop('document.write("<h1>Gone</h1>"); document.open(); document.writeln("x");'),
		told: isPutBack("document.write"),
	},
	{
		name: "leads the frame away",
		source: inPop('location.href = "https://evil.example/"; location.assign("https://evil.example/b"); '),
		told: { isolated: /script\.left/, window: /script\.broke location \(https:\/\/evil\.example\)/ },
	},
];
