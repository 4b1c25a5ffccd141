/** The part of the messenger that shares screens comes when one is shared, from where the messenger came. */
export function loadScreen(invitation: { api: string; shareId: string; secret: string; language: string }): void {
	const join = () => (window as { InlayScreen?: { join(one: typeof invitation): void } }).InlayScreen?.join(invitation);
	if ("InlayScreen" in window) {
		join();
		return;
	}
	const script = document.createElement("script");
	script.src = `${invitation.api}/messenger/screen.js`;
	// A page whose policy names a nonce lets in what its own scripts bring with it.
	script.nonce = document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce ?? "";
	script.onload = join;
	document.head.append(script);
}
