import type { NewInteractionRequest } from "../framework/ports.ts";
import { ApiError } from "../session/api.ts";
import type { NewCall } from "../session/call-actions.ts";
import { isWritten, type LiveInteraction } from "../session/interaction.ts";
import type { RecentCall } from "../session/recent-calls.ts";
import { until } from "../session/until.ts";
import { dialString } from "./numbers.ts";
import { t } from "./strings.ts";
import type { Workspace } from "./workspace.ts";

/** An agent's calls, as a click answers, places and ends them: where the sound is to be comes first. */
export class Calls {
	readonly #workspace: Workspace;

	constructor(workspace: Workspace) {
		this.#workspace = workspace;
	}

	/** Answers: by the panel's phone when the call rings there, else through the API. Rejects when it cannot. */
	async pickUp(interaction: LiveInteraction): Promise<void> {
		this.#workspace.selectedId.value = interaction.id;
		// The note of one that is over gives its place to what is answered.
		this.#workspace.typing.value = undefined;
		// Nothing is heard in it: no phone is needed.
		if (isWritten(interaction)) return this.#workspace.session.actions.answer(interaction);
		await this.#soundHere(interaction.id);
		// A second wish to answer finds the phone at work already.
		const sound = this.#workspace.phone.states.peek().get(interaction.id);
		if (sound === "ringing") await this.#workspace.phone.accept(interaction.id);
		else if (sound === undefined) {
			await this.#workspace.phone.ready();
			await this.#workspace.session.actions.answer(interaction);
		}
	}

	/** Takes a call back that nobody took: it rings here, and is answered by the same press. Rejects with ApiError. */
	async takeBack(interaction: LiveInteraction): Promise<void> {
		const { actions, conversations, me } = this.#workspace.session;
		await actions.pull(interaction, me.id);
		const ringing = () =>
			conversations.listed.value.find(({ id, state }) => id === interaction.id && state === "alerting");
		await until(() => ringing() !== undefined, this.#workspace.session.clock, ringPatienceMs);
		const call = ringing();
		if (call) await this.pickUp(call);
	}

	/** Ends a call, or declines it. Where the server refuses rights, the panel's own phone hangs up. Rejects with ApiError. */
	async hangUp(interaction: LiveInteraction): Promise<void> {
		try {
			await this.#workspace.session.actions.hangUp(interaction);
		} catch (error) {
			const isRefused = error instanceof ApiError && error.status === 403;
			if (!isRefused || !this.#workspace.phone.hangUp(interaction.id)) throw error;
		}
	}

	/**
	 * Calls a number that somebody wrote: the CRM's or the agent's. Of several numbers in one text the agent chooses.
	 * Rejects where nothing can be called.
	 */
	async dial(request: NewInteractionRequest): Promise<void> {
		const { address, queueId, attributes } = request;
		const { draft } = this.#workspace;
		const before = draft.peek();
		const read = await this.#workspace.numbers.whenRead(address);
		if (read.kind === "choice" || read.kind === "unreadable") {
			// What somebody has wished for meanwhile stays before the agent.
			if (draft.peek() === before) {
				draft.value = request;
				this.#workspace.view.value = "new-interaction";
			}
			throw new Error(t(read.kind === "choice" ? "severalNumbers" : "noSuchNumber", { text: address }));
		}
		const phoneNumber = read.kind === "sip" ? read.dial : dialString(read);
		await this.place({ phoneNumber, callFromQueueId: queueId, attributes });
	}

	/** Calls somebody again, or back. */
	async callAgain({ address, name, colleagueId }: Pick<RecentCall, "address" | "name" | "colleagueId">): Promise<void> {
		// A colleague is called by who they are: their phone has no number.
		if (colleagueId) return void (await this.#workspace.attempt("dial", () => this.place({ callUserId: colleagueId })));
		if (name !== address) this.#workspace.names.remember(address, name);
		await this.#workspace.attempt("dial", () => this.dial({ type: "call", address, attributes: {} }));
	}

	/** Fills in whom to call, and leaves the call to the agent. */
	prepareCall({ address, name }: Pick<RecentCall, "address" | "name">): void {
		if (name !== address) this.#workspace.names.remember(address, name);
		this.#workspace.draft.value = { type: "call", address, attributes: {} };
		this.#workspace.view.value = "new-interaction";
	}

	async place(call: NewCall): Promise<void> {
		await this.#soundHere();
		await this.#phoneIsSettled();
		const id = await this.#workspace.session.actions.place({ ...call, ...this.#callerIdOf(call) });
		this.#workspace.phone.expect(id);
		this.#workspace.selectedId.value = id;
		this.#workspace.view.value = "interactions";
	}

	/** A call that is wished for while the phone still comes up waits for it; one without a phone is the server's to refuse. */
	#phoneIsSettled(): Promise<boolean> {
		const { station, clock } = this.#workspace.session;
		const isSettled = () =>
			station.prepared.value && (!station.isWebRtc.value || this.#workspace.phone.line.state.value !== "connecting");
		return until(isSettled, clock, phonePatienceMs);
	}

	/** Whoever answers or dials in this window wants to talk here, wherever the sound was: the phone comes first. */
	async #soundHere(ringing?: string): Promise<void> {
		const { desk, station, clock } = this.#workspace.session;
		if (desk.lead.state.peek() !== "elsewhere" || !station.isWebRtc.peek()) return;
		await desk.lead.takeOver();
		await until(() => this.#workspace.phone.line.state.value === "ready", clock, phoneWithinMs);
		if (ringing) await until(() => this.#workspace.phone.states.value.has(ringing), clock, ringWithinMs);
	}

	/** What the called person sees, where the settings let agents choose it (`enableConfigurableCallerID`). */
	#callerIdOf({ phoneNumber }: NewCall): Pick<NewCall, "callerId" | "callerIdName"> {
		if (!phoneNumber || !this.#workspace.config.peek().settings.enableConfigurableCallerID) return {};
		const { name, number } = this.#workspace.callerId.value.peek();
		const read = this.#workspace.numbers.read(number);
		return {
			...(read?.kind === "number" ? { callerId: read.dial } : {}),
			...(name.trim() ? { callerIdName: name.trim() } : {}),
		};
	}
}

/** A call that was taken back and does not ring by then rings as any other; milliseconds. */
const ringPatienceMs = 10_000;
/** A phone that is not up by then is none, for a call that is placed; milliseconds. */
const phonePatienceMs = 10_000;
/** How long an answer waits for this window's phone, and for the call to ring there; milliseconds. */
const phoneWithinMs = 5000;
const ringWithinMs = 1000;
