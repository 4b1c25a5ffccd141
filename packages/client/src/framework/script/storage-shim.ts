/**
 * Scripts in the field read the signed-in user from `localStorage.pc_auth` and `localStorage.cwcUserStation`
 * (framework-contract 11). They get the answer, but nothing is ever written there: a token in storage would outlive the
 * tab and be shared by every panel of the origin.
 */
import { memoryStorage } from "./memory-storage.ts";

export interface ShimAnswers {
	/** Access token of the signed-in agent. */
	token: () => string | undefined;
	userId: () => string | undefined;
}

/**
 * Puts a view over the window's local storage that answers the two keys. Where a browser forbids a frame to store, reading the
 * name throws, and with it a script that only remembers a view: the original does not run there at all, the panel does,
 * and what its script keeps lasts as long as the page. To be called when the panel has opened its own.
 */
export function installStorageShim(window: Window, answers: ShimAnswers): void {
	const allowed = allowedStorage(window, "localStorage");
	put(window, "localStorage", storageView(allowed ?? memoryStorage(), answers));
	if (!allowedStorage(window, "sessionStorage")) put(window, "sessionStorage", memoryStorage());
}

type Kind = "localStorage" | "sessionStorage";

/** Undefined where the browser, or the person who uses it, allows this frame none. */
function allowedStorage(window: Window, kind: Kind): Storage | undefined {
	try {
		return window[kind] ?? undefined;
	} catch {
		return undefined;
	}
}

function put(window: Window, kind: Kind, storage: Storage): void {
	// A window that is not to be changed keeps what it has.
	Reflect.defineProperty(window, kind, { configurable: true, enumerable: true, get: () => storage });
}

function storageView(storage: Storage, answers: ShimAnswers): Storage {
	const answer = (key: string): string | undefined => {
		if (key === "pc_auth") {
			const token = answers.token();
			return token && JSON.stringify({ authenticated: { access_token: token } });
		}
		const userId = key === "cwcUserStation" ? answers.userId() : undefined;
		return userId && JSON.stringify({ userId });
	};
	const getItem = (key: string) => answer(key) ?? storage.getItem(key);
	return new Proxy(storage, {
		get(target, key) {
			if (key === "getItem") return getItem;
			if (typeof key === "string" && answer(key) !== undefined) return answer(key);
			const value: unknown = Reflect.get(target, key, target);
			return typeof value === "function" ? value.bind(target) : value;
		},
		set: (target, key, value) => Reflect.set(target, key, value, target),
	});
}
