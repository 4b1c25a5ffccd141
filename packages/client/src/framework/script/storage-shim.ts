/**
 * Scripts in the field read the signed-in user from `localStorage.pc_auth` and `localStorage.cwcUserStation`
 * (framework-contract 11). They get the answer, but nothing is ever written there: a token in storage would outlive the
 * tab and be shared by every panel of the origin.
 */

export interface ShimAnswers {
	/** Access token of the signed-in agent. */
	token: () => string | undefined;
	userId: () => string | undefined;
}

/** Puts a view over the window's local storage that answers the two keys. False where the window does not allow it. */
export function installStorageShim(window: Window, answers: ShimAnswers): boolean {
	try {
		const view = storageView(window.localStorage, answers);
		Object.defineProperty(window, "localStorage", { configurable: true, enumerable: true, get: () => view });
		return true;
	} catch {
		// Storage is forbidden in this frame; such a script finds nothing, as it would have before.
		return false;
	}
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
