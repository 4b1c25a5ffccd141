import type { GroundParts } from "./ground.ts";

type Realm = Window & typeof globalThis;

const nothing = () => undefined;

/** What the panel speaks with its server by, and what it writes in people's languages with; nothing where a test has no page. */
export function servers(window: Realm): GroundParts[] {
	if (typeof window.Response !== "function" || typeof window.Storage !== "function") return [];
	return [answers(window), languages(window)];
}

/** A method that is asked without what it is of: the browser's own says so, also from within somebody's wrapper. */
function refusesOthers(method: (this: never, ...given: never[]) => unknown): boolean {
	try {
		Reflect.apply(method, {}, []);
		return false;
	} catch (error) {
		return error instanceof TypeError;
	}
}

function answers(window: Realm): GroundParts {
	const { Response: answer, Headers: head, Request: request, WebSocket: socket, Blob: blob, FormData: form } = window;
	const { URLSearchParams: query, URL: address, AbortController: abort, AbortSignal: signal } = window;
	const all = [answer, head, request, socket, blob, form, query, address, abort, signal];
	const one = (given: unknown) => typeof (given as PromiseLike<unknown>).then === "function";
	return {
		name: "answers of servers",
		holders: all.map(({ prototype }) => prototype),
		names: {
			on: window,
			names: [
				...["Response", "Headers", "Request", "WebSocket", "Blob", "FormData"],
				...["TextEncoder", "TextDecoder", "atob", "btoa", "structuredClone"],
			],
		},
		works: () => {
			const heads = new window.Headers({ a: "1" });
			heads.set("b", "2");
			heads.append("c", "3");
			const asked = new window.URLSearchParams("a=1");
			asked.set("b", "2");
			asked.append("c", "3");
			const sent = new window.FormData();
			sent.append("a", "b");
			const ended = new window.AbortController();
			ended.abort();
			const answered = () => new window.Response("1", { headers: heads });
			const texts = new window.TextDecoder().decode(new window.TextEncoder().encode("é"));
			return (
				`${heads.get("b")}${asked.get("a")}${asked}` === "21a=1&b=2&c=3" &&
				[answered().json(), answered().text(), answered().blob(), answered().arrayBuffer()].every(one) &&
				new window.Blob(["abc"]).slice(1).size === 2 &&
				one(new window.Blob(["a"]).text()) &&
				ended.signal.aborted &&
				sent.get("a") === "b" &&
				`${texts}${window.atob(window.btoa("x"))}${window.structuredClone({ a: 1 }).a}` === "éx1" &&
				[window.WebSocket.prototype.send, window.WebSocket.prototype.close].every(refusesOthers)
			);
		},
	};
}

function languages(window: Realm): GroundParts {
	const { Intl: intl, Storage: storage } = window;
	const { getItem, setItem, removeItem } = storage.prototype;
	return {
		name: "languages and storage",
		holders: [intl, storage.prototype],
		names: { on: window, names: ["Intl", "Storage"] },
		works: () => {
			const { prototype } = window.Storage;
			const kept = [prototype.getItem, prototype.setItem, prototype.removeItem];
			const { Intl: by } = window;
			return (
				(kept.every((each, at) => each === [getItem, setItem, removeItem][at]) || kept.every(refusesOthers)) &&
				new by.NumberFormat("en").format(12) === "12" &&
				new by.DateTimeFormat("en", { timeZone: "UTC" }).format(0) !== "" &&
				new by.PluralRules("en").select(1) === "one" &&
				new by.RelativeTimeFormat("en").format(-1, "day") !== "" &&
				new by.ListFormat("en").format(["a", "b"]) === "a and b" &&
				new by.Collator("en").compare("a", "b") < 0
			);
		},
	};
}

function refusesToShow(dialog: HTMLDialogElement): boolean {
	try {
		dialog.showModal();
		return false;
	} catch (error) {
		return (error as DOMException).name === "InvalidStateError";
	}
}

/** What the panel is measured, moved through and spoken from by. */
export function measures(window: Realm): GroundParts[] {
	const { document, HTMLElement: element, HTMLDialogElement: dialog, ResizeObserver: sizes } = window;
	if (typeof element !== "function" || typeof sizes !== "function") return [];
	return [
		{
			name: "focus and measures",
			holders: [element.prototype, ...(typeof dialog === "function" ? [dialog.prototype] : [])],
			names: {
				on: window,
				names: ["getComputedStyle", "matchMedia", "ResizeObserver", "IntersectionObserver", "MutationObserver"],
			},
			works: () => {
				const one = document.createElement("p");
				one.focus();
				one.blur();
				for (const watch of [window.ResizeObserver, window.IntersectionObserver, window.MutationObserver])
					new watch(nothing).disconnect();
				if (typeof dialog === "function") document.createElement("dialog").close();
				// One that stands nowhere is shown by nobody: the browser's own says so.
				const isShown = typeof dialog !== "function" || refusesToShow(document.createElement("dialog"));
				return (
					typeof window.getComputedStyle(document.documentElement).display === "string" &&
					typeof window.matchMedia("(min-width: 1px)").matches === "boolean" &&
					isShown
				);
			},
		},
	];
}
