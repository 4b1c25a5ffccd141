import { readSignInResult, type SignInResult } from "./sign-in.ts";

/** Name of the channel and kind of the message by which the sign-in window hands its answer back. */
export const signInChannel = "inlay.signin";

/** Name of the window in which somebody signs in. */
export const signInWindowName = "inlay-signin";

/** What `authWindow.html` sends: its own query and fragment, untouched. */
export interface SignInMessage {
	kind: typeof signInChannel;
	search: string;
	hash: string;
}

/** How long the answer of a window that has closed itself may be on its way, on a machine that has much to do; ms. */
const answerMs = 2_000;

/** Why a sign-in window gave no answer. */
export type WindowProblem = "blocked" | "closed";

/**
 * Opens the sign-in page in a window of its own and waits for the answer that carries our `state`.
 * It may come from the opener relation or, where the identity provider's page cut that, over a broadcast channel.
 * Must be called from a click, or browsers block the window.
 */
export function signInByWindow(popup: Window | null, state: string): Promise<SignInResult> {
	if (!popup) return Promise.reject(new Error("blocked" satisfies WindowProblem));
	return new Promise((resolve, reject) => {
		const channel = new BroadcastChannel(signInChannel);
		const finish = (act: () => void) => {
			clearInterval(watch);
			channel.close();
			window.removeEventListener("message", onMessage);
			act();
		};
		const receive = (data: unknown) => {
			const result = resultOf(data, state);
			if (result) finish(() => resolve(result));
		};
		const onMessage = (event: MessageEvent) => {
			if (event.origin === location.origin) receive(event.data);
		};
		window.addEventListener("message", onMessage);
		channel.onmessage = (event) => receive(event.data);
		const watch = setInterval(() => {
			if (popup.closed) setTimeout(() => finish(() => reject(new Error("closed" satisfies WindowProblem))), answerMs);
		}, 400);
	});
}

/** The sign-in result in a message, when it is one and belongs to `state`. */
export function resultOf(data: unknown, state: string): SignInResult | undefined {
	const message = data as Partial<SignInMessage> | null;
	if (message?.kind !== signInChannel || typeof message.search !== "string" || typeof message.hash !== "string") {
		return undefined;
	}
	const result = readSignInResult(message.search, message.hash);
	return result?.state === state ? result : undefined;
}
