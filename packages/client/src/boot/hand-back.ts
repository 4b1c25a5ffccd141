import { readSignInResult } from "./sign-in.ts";
import { type SignInMessage, signInChannel, signInWindowName } from "./window-sign-in.ts";

/** Whether this page is the sign-in's window, come back with an answer that belongs to the panel that opened it. */
export function isSignInWindow(): boolean {
	return (
		window.name === signInWindowName &&
		window.parent === window &&
		Boolean(readSignInResult(location.search, location.hash))
	);
}

/** Hands the answer to the panel that opened this window, and closes it. */
export function handBack(): void {
	const message: SignInMessage = { kind: signInChannel, search: location.search, hash: location.hash };
	history.replaceState(null, "", location.pathname);
	// Only panels of this origin can read either; neither carries a token in the code flow.
	window.opener?.postMessage(message, location.origin);
	const channel = new BroadcastChannel(signInChannel);
	channel.postMessage(message);
	channel.close();
	window.close();
	// Seen only where the browser does not let a page close itself.
	void import("./handed-back.ts").then(({ showHandedBack }) => showHandedBack());
}
