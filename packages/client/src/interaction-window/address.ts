import { ownerHash, type WindowOwner } from "../windows/owner.ts";

/** What the address of an interaction window asks for (framework-contract 1). */
export interface WindowWish {
	conversationId: string;
	/** Ids of features, or the contract's names of panels; the first that there is comes forward. */
	panels: readonly string[];
}

/**
 * `interaction.html#url=…#/interaction/{conversationId}?panels=script,responses`, beside the panel's own address. Whose window it
 * is stands before.
 */
export function windowAddress(panel: string, owner: WindowOwner, wish: WindowWish): string {
	const { href, origin, searchParams } = new URL(panel);
	const page = new URL("interaction.html", href);
	const deployment = searchParams.get("deployment");
	if (deployment) page.searchParams.set("deployment", deployment);
	const panels = wish.panels.length > 0 ? `?panels=${wish.panels.map(encodeURIComponent).join()}` : "";
	page.hash = `${ownerHash(owner)}&url=${origin}/directory/#/interaction/${encodeURIComponent(wish.conversationId)}${panels}`;
	return page.href;
}

/** Undefined where the fragment is none of these. */
export function readWindowHash(hash: string): WindowWish | undefined {
	const [, id, query] = /#\/interaction\/([^/?#&]+)(?:\?([^#]*))?$/.exec(hash) ?? [];
	if (!id) return undefined;
	try {
		const panels = new URLSearchParams(query).get("panels") ?? "";
		return { conversationId: decodeURIComponent(id), panels: panels.split(",").filter(Boolean) };
	} catch {
		// Half an escape.
		return undefined;
	}
}

/** What the contract calls the panels of the original's window (framework-contract 1), by our features. */
const contractNames: Readonly<Record<string, readonly string[]>> = {
	scripts: ["script"],
	chat: ["messages"],
	message: ["messages"],
	responses: ["messages", "email"],
};

/** Whether a panel that an address names is this feature. Anybody may have written the address. */
export function isPanel(name: string, featureId: string): boolean {
	return (
		name === featureId || (Object.hasOwn(contractNames, name) && contractNames[name]?.includes(featureId) === true)
	);
}
