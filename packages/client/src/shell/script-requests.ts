/** Does what scripts and pages ask for by `PureCloud.Inlay.request`: the same as the agent's own clicks, through the same doors. */
import { type InlayRequestName, type InlayRequests, type PartyTarget, ProblemList } from "@inlay/contract";
import { readUiPolicy } from "@inlay/contract/read-ui-policy";
import { ApiError } from "../session/api.ts";
import { recordsThemselves, type TransferTo } from "../session/call-actions.ts";
import type { LiveInteraction } from "../session/interaction.ts";
import type { WireWrapupCode } from "../session/wire.ts";
import type { Workspace } from "./workspace.ts";

type Performers = {
	[Name in InlayRequestName]: (
		workspace: Workspace,
		data: InlayRequests[Name]["data"],
	) => Promise<InlayRequests[Name]["answer"]>;
};

/** Wrap-ups without an answer yet, by interaction: one that says something else would pass for done with the first. */
const wrappingUp = new Map<string, string>();

const performers: Performers = {
	async wrapUp(workspace, { interactionId, code, notes }) {
		const wanted = JSON.stringify([code, notes]);
		if ((wrappingUp.get(interactionId) ?? wanted) !== wanted)
			throw new Busy("Another wrap-up of this interaction is under way.");
		wrappingUp.set(interactionId, wanted);
		return wrapUp(workspace, { interactionId, code, notes }).finally(() => wrappingUp.delete(interactionId));
	},
	async endAfterCallWork(workspace, { interactionId }) {
		await workspace.session.actions.skipWrapUp(inHand(workspace, interactionId));
		return undefined;
	},
	async requestAfterCallWork(workspace, { interactionId, wanted }) {
		await workspace.session.actions.askForAfterCallWork(inHand(workspace, interactionId), wanted);
		return undefined;
	},
	async addParticipant(workspace, { interactionId, target }) {
		const party = target.kind === "user" ? { userId: target.value } : { address: target.value };
		await workspace.session.actions.addParty(inHand(workspace, interactionId), party);
		return undefined;
	},
	async replaceParticipant(workspace, { interactionId, target, participantId }) {
		const interaction = inHand(workspace, interactionId);
		const replaced = participantId ? { ...interaction, participantId: idMeant(participantId) } : interaction;
		await workspace.session.actions.transfer(replaced, transferTo(target));
		return undefined;
	},
	async record(workspace, { interactionId, on }) {
		const interaction = inHand(workspace, interactionId);
		if (recordsThemselves(interaction) !== on) await workspace.session.actions.toggle(interaction, "recording");
		return undefined;
	},
	async scheduleCallback(workspace, { queueId, number, at, name, note, interactionId }) {
		const from = interactionId === undefined ? undefined : inHand(workspace, interactionId);
		const path = from
			? `/conversations/${from.id}/participants/${from.participantId}/callbacks`
			: "/conversations/callbacks";
		const made = await workspace.session.api.post<{ conversation?: { id?: string } } | undefined>(path, {
			callbackNumbers: [number],
			callbackScheduledTime: new Date(at).toISOString(),
			...(name ? { callbackUserName: name } : {}),
			...(note ? { data: { note } } : {}),
			routingData: { queueId },
		});
		return { callbackId: made?.conversation?.id };
	},
	async cancelCallback(workspace, { callbackId }) {
		const path = `/conversations/callbacks/${encodeURIComponent(callbackId)}`;
		await workspace.session.api.patch(path, { state: "disconnected" });
		return undefined;
	},
	async logOut({ leaving }) {
		const asks = leaving.inHand.length > 0;
		leaving.signOut();
		return { asks };
	},
	async queues({ session }) {
		await session.queues.load();
		return session.queues.mine
			.peek()
			.map(({ id, name, joined }) => ({ id, name: name ?? "", joined: joined !== false }));
	},
	async statuses({ session }) {
		return session.presence.choices
			.peek()
			.map(({ id, system, label, primary }) => ({ id, status: system, label: label("en") ?? "", primary }));
	},
	async arrangeUi({ config }, { ui }) {
		const { settings } = config.peek();
		const policy = readUiPolicy(ui, "ui", new ProblemList());
		config.value = { ...config.peek(), settings: { ...settings, ui: policy } };
		return undefined;
	},
	async wrapUpCodes(workspace, { interactionId }) {
		const codes = await workspace.session.actions.wrapupCodes(inHand(workspace, interactionId));
		return codes.map(({ id, name }) => ({ id, name: name ?? "" }));
	},
};

async function wrapUp(
	workspace: Workspace,
	{ interactionId, code, notes }: { interactionId: string; code: string; notes?: string | undefined },
): Promise<undefined> {
	const { actions } = workspace.session;
	const { callLogs } = workspace.runtime;
	const interaction = inHand(workspace, interactionId);
	const { id, name } = codeMeant(await actions.wrapupCodes(interaction), code);
	// As at the agent's own Done: what they have typed goes with it, and to the CRM.
	const typed = callLogs.store.get(interactionId)?.notes?.trim() ?? "";
	void callLogs.flush(interactionId);
	await actions.wrapUp(interaction, { code: id, ...(name ? { name } : {}), notes: notes ?? typed });
	return undefined;
}

/** Rejects with an Error that says why in words of an agent's, and the server's `code`. */
export async function performRequest(
	workspace: Workspace,
	name: InlayRequestName,
	data: Record<string, unknown>,
): Promise<unknown> {
	try {
		return await performers[name](workspace, data as never);
	} catch (error) {
		if (error instanceof NotMeant || error instanceof Busy) throw error;
		const text = `${await workspace.describe(error)}${lackOf(error)}`;
		throw Object.assign(new Error(text), { code: (error as { code?: unknown }).code });
	}
}

/** The permissions by their names: what helps the author of a script, or whoever they ask, says nothing to an agent. */
function lackOf(error: unknown): string {
	const permissions = error instanceof ApiError ? error.params.permissions : undefined;
	return permissions ? ` (${permissions})` : "";
}

/** What was named is not there. */
class NotMeant extends Error {
	readonly code = "inlay.request.invalid";
}

/** It becomes a part of an address, and must not lead to another one. */
function idMeant(participantId: string): string {
	if (!/^[\w-]{1,64}$/.test(participantId)) throw new NotMeant("participantId: that is no participant's id.");
	return participantId;
}

/** The same thing is being done, otherwise. */
class Busy extends Error {
	readonly code = "inlay.request.busy";
}

function inHand(workspace: Workspace, id: string): LiveInteraction {
	const found = workspace.session.conversations.find(id);
	if (!found) throw new NotMeant(`interactionId: the agent has no interaction ${id}.`);
	return found;
}

function codeMeant(codes: readonly WireWrapupCode[], code: string): WireWrapupCode {
	const byName = codes.filter(({ name }) => name?.toLowerCase() === code.toLowerCase());
	const found = codes.find(({ id }) => id === code) ?? (byName.length === 1 ? byName[0] : undefined);
	if (!found) throw new NotMeant(`code: the queue offers no code ${code}.`);
	return found;
}

function transferTo({ kind, value }: PartyTarget): TransferTo {
	if (kind === "queue") return { queueId: value };
	return kind === "user" ? { userId: value } : { address: value };
}
