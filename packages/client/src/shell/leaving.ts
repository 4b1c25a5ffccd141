import { type ReadonlySignal, signal } from "@preact/signals";
import { isOver, type LiveInteraction } from "../session/interaction.ts";
import { othersIn } from "./staying.ts";
import type { Workspace } from "./workspace.ts";

/** What shall become of the calls of an agent who signs out; `here`: another panel goes on with them. */
export type LeavingWay = "end" | "giveBack" | "here";

/** Whoever talks to somebody else as well does not wait in a queue. */
function mayReturn(call: LiveInteraction): boolean {
	return call.queueId !== undefined && call.state === "connected" && !othersIn(call);
}

/** How long signing out waits for the CRM to answer, ms; the desk has its own time after that. */
const lastLogsMs = 1_000;

/** Signing out and closing while somebody is on the line: the agent is asked first. */
export class Leaving {
	/** True while the agent is asked. */
	readonly asking: ReadonlySignal<boolean>;
	readonly #asking = signal(false);
	readonly #workspace: Workspace;
	readonly #stopListening: () => void;
	/** The page is loaded anew on purpose: calls live on the server. */
	#isReloading = false;
	#signingOut: Promise<void> | undefined;

	constructor(workspace: Workspace) {
		this.asking = this.#asking;
		this.#workspace = workspace;
		const onClose = (event: BeforeUnloadEvent) => {
			if (this.#losesACall) event.preventDefault();
		};
		window.addEventListener("beforeunload", onClose);
		this.#stopListening = () => window.removeEventListener("beforeunload", onClose);
	}

	/** Calls in which somebody would be left alone; one that only rings goes on to the next agent by itself. */
	get calls(): readonly LiveInteraction[] {
		return this.#workspace.session.conversations.listed.value.filter(
			(each) => each.media === "call" && !isOver(each) && each.state !== "alerting",
		);
	}

	/** Whatever of it is in hand, calls first: the server gives it all away as its agent's last session ends. */
	get inHand(): readonly LiveInteraction[] {
		const isWaiting = (each: LiveInteraction) => each.media !== "call" && !isOver(each) && each.state !== "alerting";
		return [...this.calls, ...this.#workspace.session.conversations.listed.value.filter(isWaiting)];
	}

	/** Whether another panel of the agent's has the sound, and goes on with it all when this one signs out. */
	get goesOnElsewhere(): boolean {
		return this.#workspace.session.desk.lead.state.value === "elsewhere";
	}

	/** Whether anything is in hand: somebody on the line, or after-call work. Until the list is known, it may be. */
	get isAtWork(): boolean {
		const { loaded, listed } = this.#workspace.session.conversations;
		return !loaded.value || listed.value.some(({ state }) => state !== "alerting");
	}

	/** Those that may go back to the queue that they came from: what one has in hand always may. */
	get returnable(): readonly LiveInteraction[] {
		return this.calls.filter(mayReturn);
	}

	/** The agent's wish to sign out. */
	signOut(): void {
		if (this.inHand.length > 0) this.#asking.value = true;
		else void this.#signOut();
	}

	stay(): void {
		this.#asking.value = false;
	}

	/** Sees to the calls, except by `here`, then signs out. Rejects with ApiError, and the agent stays. */
	async go(way: LeavingWay): Promise<void> {
		const { session } = this.#workspace;
		for (const call of way === "here" ? [] : this.calls) {
			const { queueId } = call;
			const others = othersIn(call);
			if (way === "giveBack" && queueId && mayReturn(call)) await session.actions.transfer(call, { queueId });
			else if (others && !others.stay) await session.actions.endForAll(call);
			else await this.#workspace.calls.hangUp(call);
		}
		this.#asking.value = false;
		await this.#signOut();
	}

	reload(): void {
		this.#isReloading = true;
		location.reload();
	}

	dispose(): void {
		this.#stopListening();
		this.#asking.value = false;
	}

	/** What was typed last goes to the CRM and the desk before the token is given back. Once, however often it is asked for. */
	#signOut(): Promise<void> {
		this.#signingOut ??= this.#lastLogs().then(() => this.#workspace.session.signOut());
		return this.#signingOut;
	}

	async #lastLogs(): Promise<void> {
		const { session, runtime } = this.#workspace;
		const timeIsUp = new Promise<void>((done) => session.clock.after(lastLogsMs, done));
		await Promise.race([runtime.callLogs.settle(), timeIsUp]);
	}

	/**
	 * A browser does not say whether a page is closed or loaded anew. In a tab whose pages have come back from the latter
	 * before, as in a CRM that loads a page for each click, nobody is asked each time.
	 */
	get #losesACall(): boolean {
		const { desk } = this.#workspace.session;
		return !this.#isReloading && desk.leads() && !desk.cameBack && this.calls.length > 0;
	}
}
