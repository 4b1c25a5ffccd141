import type { ScriptTarget, ScriptValue } from "@inlay/contract/scripter/agent-script";
import type { Lookup } from "@inlay/contract/scripter/evaluate";
import { interpolate, webAddress } from "@inlay/contract/scripter/interpolate";
import { type OutwardStep, type ServiceStep, StepRefused } from "@inlay/contract/scripter/run-steps";
import { listed } from "@inlay/contract/scripter/shown-page";
import { ApiError } from "../../session/api.ts";
import { recordsThemselves, type TransferTo } from "../../session/call-actions.ts";
import type { LiveInteraction } from "../../session/interaction.ts";
import { dialString } from "../../shell/numbers.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { insertResponse } from "./insert-response.ts";
import { t } from "./strings.ts";

/** What of the panel is beside the interaction itself, for a script that is open. */
export interface AtHand {
	lookup: Lookup;
	/** Keeps columns of the campaign's contact. */
	saveContact(columns: Readonly<Record<string, string>>): Promise<void>;
	/** Of the page that is open. */
	pageName: string;
	/** That scripts may open; none: every one. */
	hosts: readonly string[] | undefined;
}

/**
 * Does one step of a script as if the agent had done it by hand: by the same rights, and by the same ways.
 *
 * @returns what is to be said to the agent, if anything
 * @throws StepRefused in words for the agent; ApiError as the server has it
 */
export async function perform(
	step: OutwardStep,
	workspace: Workspace,
	call: LiveInteraction,
	{ lookup, saveContact, pageName, hosts }: AtHand,
): Promise<string | undefined> {
	const { actions, api } = workspace.session;
	const filled = (text: string) => interpolate(text, lookup);
	switch (step.kind) {
		case "alert":
			return filled(step.text);
		case "setAttributes":
			await actions.setAttributes(
				call,
				Object.fromEntries(step.attributes.map(({ name, value }) => [name, filled(value)])),
			);
			return undefined;
		case "blindTransfer":
		case "consultTransfer":
			await handOver(step, workspace, call, lookup);
			return undefined;
		case "startRecording":
		case "stopRecording":
			await record(workspace, call, step.kind === "startRecording");
			return undefined;
		case "securePause":
			if (!call.securePause) await actions.toggle(call, "securePause");
			return undefined;
		case "flag":
			if (call.flagged !== step.flagged) await actions.toggle(call, "flagged");
			return undefined;
		case "disconnect":
			await workspace.calls.hangUp(call);
			return undefined;
		case "setWrapUpCode":
			workspace.runtime.callLogs.chooseCode(call.id, step.code);
			return undefined;
		case "scheduleCallback":
			await scheduleCallback(filled(step.number), filled(step.at), workspace, call);
			return t("callbackMade");
		case "dial":
			await workspace.calls.place({ phoneNumber: await numberOf(filled(step.number), workspace), attributes: {} });
			return undefined;
		case "doNotCall":
			require(workspace, "outbound:dnc:add");
			await api.post(`/outbound/conversations/${call.id}/dnc`, {});
			return t("dncAdded");
		case "insertResponse":
			require(workspace, "responses:response:view");
			require(workspace, "responses:library:view");
			return insertResponse(step.responseId, workspace, call);
		case "updateContact":
			require(workspace, "outbound:contact:edit");
			await saveContact(Object.fromEntries(step.columns.map(({ name, value }) => [name, filled(value)])));
			return undefined;
		case "screenPop": {
			const popped = { id: call.id, searchString: filled(step.searchString), page: pageName };
			workspace.runtime.news.scriptPopped(popped, step.again === true);
			return undefined;
		}
		case "openAddress": {
			const url = open(step.address, workspace, { lookup, hosts });
			workspace.runtime.news.scriptPopped({ id: call.id, url, page: pageName }, false);
			return undefined;
		}
	}
}

/** Asks a web service, on the server. @throws StepRefused; ApiError as the server has it */
export async function callService(
	{ serviceId, inputs }: ServiceStep,
	workspace: Workspace,
	path: string,
	lookup: Lookup,
): Promise<Readonly<Record<string, ScriptValue>>> {
	require(workspace, "integrations:action:execute");
	const given = Object.fromEntries(inputs.map(({ name, value }) => [name, interpolate(value, lookup)]));
	const { outputs } = await workspace.session.api
		.post<{ outputs: Record<string, ScriptValue> }>(`${path}/services/${encodeURIComponent(serviceId)}`, {
			inputs: given,
		})
		.catch((error: unknown) => {
			throw inWords(error);
		});
	return outputs;
}

/** What the server says of a web service is an administrator's to read. */
function inWords(error: unknown): unknown {
	if (!(error instanceof ApiError)) return error;
	if (error.code === "web.service.failed") return new StepRefused(t("serviceFailed"));
	const isGone = error.code === "web.service.host" || error.code === "not.found";
	return isGone ? new StepRefused(t("serviceRefused")) : error;
}

/** Refused before anything is sent, the permission named (SC-6). */
function require(workspace: Workspace, ...anyOf: string[]): void {
	if (anyOf.some((permission) => workspace.can(permission))) return;
	throw new StepRefused(t("mayNot", { permission: anyOf.at(-1) ?? "" }));
}

async function handOver(
	{ kind, to }: { kind: "blindTransfer" | "consultTransfer"; to: ScriptTarget },
	workspace: Workspace,
	call: LiveInteraction,
	lookup: Lookup,
): Promise<void> {
	const suffix = { user: "Agent", queue: "Queue", number: "External" }[to.kind];
	require(workspace, `conversation:communication:${kind}`, `conversation:communication:${kind}${suffix}`);
	const target = await targetOf(to, workspace, lookup);
	const { actions } = workspace.session;
	if (kind === "consultTransfer") return actions.consult(call, target);
	return actions.transfer(call, target);
}

async function targetOf(to: ScriptTarget, workspace: Workspace, lookup: Lookup): Promise<TransferTo> {
	if (to.kind === "queue") return { queueId: to.queueId };
	if (to.kind === "user") return { userId: to.userId };
	return { address: await numberOf(interpolate(to.number, lookup), workspace) };
}

/** As people write it, as the server dials it. */
async function numberOf(text: string, workspace: Workspace): Promise<string> {
	const read = await workspace.numbers.whenRead(text);
	if (read.kind === "sip") return read.dial;
	if (read.kind !== "number") throw new StepRefused(t("badNumber", { text }));
	return dialString(read);
}

async function record(workspace: Workspace, call: LiveInteraction, wanted: boolean): Promise<void> {
	require(workspace, "conversation:call:record");
	if (recordsThemselves(call) !== wanted) await workspace.session.actions.toggle(call, "recording");
}

async function scheduleCallback(
	number: string,
	at: string,
	workspace: Workspace,
	call: LiveInteraction,
): Promise<void> {
	require(workspace, "conversation:callback:create");
	const time = new Date(at.replace(" ", "T"));
	if (Number.isNaN(time.getTime())) throw new StepRefused(t("badTime", { text: at }));
	await workspace.session.api.post("/conversations/callbacks", {
		callbackNumbers: [await numberOf(number, workspace)],
		callbackScheduledTime: time.toISOString(),
		...(call.queueId ? { queueId: call.queueId } : {}),
		callbackUserName: workspace.nameOf(call),
	});
}

function open(template: string, workspace: Workspace, { lookup, hosts }: Pick<AtHand, "lookup" | "hosts">): string {
	const address = webAddress(template, lookup, listed(hosts));
	if (!address) throw new StepRefused(t("badAddress"));
	workspace.window.clickedPage.open(address, "_blank", "noopener,noreferrer");
	return address;
}
