import "@inlay/ui/styles.css";
import { type SignInMessage, signInChannel } from "./window-sign-in.ts";

/** The sign-in window's last page: hands the answer to the panel that opened it, and closes. */
function handBack(): void {
	const message: SignInMessage = { kind: signInChannel, search: location.search, hash: location.hash };
	history.replaceState(null, "", location.pathname);
	// Only panels of this origin can read either; neither carries a token in the code flow.
	window.opener?.postMessage(message, location.origin);
	const channel = new BroadcastChannel(signInChannel);
	channel.postMessage(message);
	channel.close();
	window.close();
	showText();
}

/** Seen only where the browser does not let a page close itself. */
function showText(): void {
	const text = document.createElement("p");
	text.style.padding = "32px";
	text.textContent = navigator.language.startsWith("de")
		? "Sie sind angemeldet. Dieses Fenster kann geschlossen werden."
		: "You are signed in. You can close this window.";
	document.getElementById("inlay")?.append(text);
}

handBack();
