/** How this messenger looks and behaves, as its administrator has set it. */
export interface Settings {
	title: string;
	welcome: string;
	/** `#rrggbb` */
	color: string;
	form: Array<{ key: string; label: string; isRequired: boolean }>;
	typing: boolean;
	files: boolean;
	/** Customers may have the conversation sent to them by mail. */
	mailsTranscript: boolean;
	/** Pages are shared by a code that somebody reads out. */
	sharesByCode: boolean;
	language: string;
	words: Record<string, string>;
}

/** Where the script came from, and which messenger it is. */
export interface Place {
	/** Origin of the server. */
	api: string;
	deploymentId: string;
	/** BCP 47. */
	language: string;
}

/** What the page's script tag says: `<script src="…/messenger/messenger.js" data-deployment="…" async></script>`. */
export function placeOf(script: HTMLScriptElement | null): Place | undefined {
	const deploymentId = script?.dataset.deployment;
	if (!script || !deploymentId) return undefined;
	const language = script.dataset.language || document.documentElement.lang || navigator.language || "en";
	return { api: new URL(script.src).origin, deploymentId, language };
}

/** Rejects with a sentence for whoever embeds it. */
export async function readSettings({ api, deploymentId, language }: Place): Promise<Settings> {
	const isTag = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(language);
	const query = isTag ? `?language=${encodeURIComponent(language)}` : "";
	const url = `${api}/api/inlay/v1/webmessaging/${encodeURIComponent(deploymentId)}${query}`;
	const answer = await fetch(url, { credentials: "omit" }).catch(() => undefined);
	if (answer?.ok) return answer.json();
	// Without leave the browser keeps the server's answer from us, so that both are said.
	if (!answer || answer.status === 403)
		throw new Error(
			`${api} did not answer this page. Is ${location.origin} among the messenger's origins (administration, Messages)?`,
		);
	if (answer.status === 404) throw new Error(`There is no messenger ${deploymentId}: was it deleted?`);
	throw new Error(`${api} answered ${answer.status}.`);
}
