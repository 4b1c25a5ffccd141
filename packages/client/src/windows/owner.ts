import { readPanelUrl } from "../boot/panel-url.ts";

/** Whose a window is: on one page there may be panels of several deployments, agents or windows. */
export interface WindowOwner {
	deployment: string;
	/** Empty: nobody's yet, as a frame that the host's page has made. */
	agent: string;
	/** The panel that works in it; absent: any of theirs may. */
	panel?: string | undefined;
}

/** A panel as an owner. */
export function panelAsOwner({ me, desk }: { me: { id: string }; desk: { panelId: string } }): WindowOwner & {
	panel: string;
} {
	return { deployment: deploymentIn(location.href), agent: me.id, panel: desk.panelId };
}

/** Name by which a panel finds its window of a kind again, and no other panel's. */
export function windowName(kind: string, { panel = "" }: WindowOwner): string {
	return `inlay-${kind}-${panel}`;
}

/** The beginning of the fragment of a window's address, without its `#`. */
export function ownerHash({ deployment, agent, panel = "" }: WindowOwner): string {
	return String(new URLSearchParams({ deployment, agent, panel }));
}

/** Whose the window with this address is, as far as that says it: behind `url=` begins what it is to show. */
export function readOwner(href: string): WindowOwner {
	const [owner = ""] = new URL(href).hash.slice(1).split("url=");
	const named = new URLSearchParams(owner);
	return {
		deployment: named.get("deployment") || deploymentIn(href),
		agent: named.get("agent") ?? "",
		panel: named.get("panel") || undefined,
	};
}

/** The same address for a window in which another panel works by now. */
export function withPanel(href: string, panel: string): string {
	const named = /(#deployment=[^&#]*&agent=[^&#]*&panel=)[^&#]*/;
	return href.replace(named, (_whole, before: string) => before + encodeURIComponent(panel));
}

/** A window is one of this panel's agent in this panel's deployment; one that is nobody's yet may be of any of a deployment. */
export function isSameDesk(window: WindowOwner, { deployment, agent }: WindowOwner): boolean {
	if (window.agent === "") return window.deployment === "" || window.deployment === deployment;
	return window.deployment === deployment && window.agent === agent;
}

function deploymentIn(href: string): string {
	const { deployment, partner = "" } = readPanelUrl(href);
	return deployment ?? partner;
}
