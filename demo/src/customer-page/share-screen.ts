interface Invitation {
	api: string;
	shareId: string;
	secret: string;
	language: string;
}

/** A screen is to be shared with this page: the server's own script shows it (docs/webcalls.md). */
export function shareScreen(api: string, { shareId, secret }: { shareId: string; secret: string }): void {
	const language = document.documentElement.lang || navigator.language;
	const join = () =>
		(window as { InlayScreen?: { join(invitation: Invitation): void } }).InlayScreen?.join({
			...{ api, shareId, secret, language },
		});
	if ("InlayScreen" in window) {
		join();
		return;
	}
	const script = document.createElement("script");
	script.src = `${api}/messenger/screen.js`;
	script.onload = join;
	document.head.append(script);
}
