import { isRecord } from "@inlay/contract";

/** Whose phone a window is: on one page there may be panels of several deployments, agents or windows. */
export interface PhoneOwner {
	deployment: string;
	agent: string;
	/** The panel that works in it; absent: any of theirs may. */
	panel?: string | undefined;
}

export interface PhoneMessage extends PhoneOwner {
	inlayPhoneWindow: /** Window: does this panel, or any of theirs, work with me? */
		| "ask"
		/** Panel: I do. */
		| "here";
}

/** Name by which a panel finds its phone's window again, and no other panel's. */
export function phoneWindowName({ panel = "" }: PhoneOwner): string {
	return `inlay-phone-${panel}`;
}

/** The fragment of the window's address. */
export function ownerHash({ deployment, agent, panel = "" }: PhoneOwner): string {
	return `#${new URLSearchParams({ deployment, agent, panel })}`;
}

export function readOwner(hash: string): PhoneOwner {
	const named = new URLSearchParams(hash.slice(1));
	const [deployment, agent, panel] = ["deployment", "agent", "panel"].map((name) => named.get(name) ?? "");
	return { deployment: deployment ?? "", agent: agent ?? "", panel: panel || undefined };
}

/** Both are of the same agent in the same deployment. */
export function isSameDesk(one: PhoneOwner, other: PhoneOwner): boolean {
	return one.deployment === other.deployment && one.agent === other.agent;
}

/** Reads what another page has sent; undefined where it is something else. */
export function readPhoneMessage(data: unknown): PhoneMessage | undefined {
	if (!isRecord(data)) return undefined;
	const { inlayPhoneWindow: kind, deployment, agent, panel } = data;
	if ((kind !== "ask" && kind !== "here") || typeof deployment !== "string" || typeof agent !== "string")
		return undefined;
	return { inlayPhoneWindow: kind, deployment, agent, panel: typeof panel === "string" ? panel : undefined };
}

/**
 * Unanswered questions after which any panel of the agent's that leads may take it: its own has gone, or is another page by now
 * that has lost its name, as browsers may forget what a frame kept when the page around goes.
 */
const loyalty = 1;
/** Unanswered questions after which nobody is expected any more: about a minute, longer than any reload. */
const patience = 60;

export interface WindowLinkParts {
	/** @param any the panel that it had does not answer any more */
	ask: (any: boolean) => void;
	close: () => void;
	/** Runs a task every second or so; gives the way to stop. */
	every: (task: () => void) => () => void;
}

/** The phone's window keeps asking for its panel, which may be loaded anew; with nobody to work with it closes. */
export function keepAsking({ ask, close, every }: WindowLinkParts): { answered: () => void } {
	let unanswered = 0;
	const stop = every(() => {
		if (unanswered >= patience) {
			stop();
			return close();
		}
		unanswered++;
		ask(unanswered > loyalty);
	});
	ask(false);
	return {
		answered() {
			unanswered = 0;
		},
	};
}
