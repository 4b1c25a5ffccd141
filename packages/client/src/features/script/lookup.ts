import { ownValue } from "@inlay/contract/own-value";
import type { ScriptValue } from "@inlay/contract/scripter/agent-script";
import type { Lookup } from "@inlay/contract/scripter/evaluate";
import { formatDuration } from "@inlay/ui";
import type { LiveInteraction } from "../../session/interaction.ts";
import type { WireParticipant } from "../../session/wire.ts";
import type { Workspace } from "../../shell/workspace.ts";

/** What a script reads of the interaction, beside its own variables (agent-features 17, "Variables"). */
export function lookupOf(
	workspace: Workspace,
	call: LiveInteraction,
	values: Readonly<Record<string, ScriptValue>>,
	columns: Readonly<Record<string, string>>,
): Lookup {
	const attributes = outsideOf(call)?.attributes ?? {};
	return (name) => {
		if (Object.hasOwn(values, name)) return values[name] ?? null;
		if (name.startsWith("Participant.")) return ownValue(attributes, name.slice("Participant.".length)) ?? null;
		if (name.startsWith("Outbound.")) return ownValue(columns, name.slice("Outbound.".length)) ?? null;
		return builtIn(name, workspace, call) ?? null;
	};
}

/** The attributes that the customer's part carries now. */
export function attributesOf(call: LiveInteraction): Readonly<Record<string, string>> {
	return outsideOf(call)?.attributes ?? {};
}

function outsideOf({ source, outsideId }: LiveInteraction): WireParticipant | undefined {
	return source.participants?.find(({ id }) => id === outsideId);
}

function builtIn(name: string, workspace: Workspace, call: LiveInteraction): ScriptValue | undefined {
	switch (name) {
		case "Scripter.Interaction ID":
			return call.id;
		case "Scripter.Queue Name":
			return call.queueName;
		case "Scripter.Customer Formatted Number":
			return workspace.numbers.show(call.remoteAddress);
		case "Scripter.Customer Name":
			return workspace.nameOf(call);
		case "Scripter.Agent Name":
			return workspace.session.me.name;
		case "Scripter.Call Duration":
			return durationOf(call, workspace.session.now.value);
		case "Scripter.Direction":
			return call.direction;
		case "Callback.Number":
			return call.callbackNumbers?.[0];
		case "Callback.Name":
			return call.media === "callback" ? call.remoteName : undefined;
		case "Callback.Scheduled Time":
			return callbackOf(call)?.callbackScheduledTime;
		case "Email.Subject":
			return call.media === "email" ? subjectOf(call) : undefined;
		case "Message.Channel":
			return call.media === "message" ? messageChannelOf(call) : undefined;
		default:
			return undefined;
	}
}

function durationOf({ connectedTime, endTime }: LiveInteraction, now: number): string | undefined {
	if (!connectedTime) return undefined;
	return formatDuration((endTime ? Date.parse(endTime) : now) - Date.parse(connectedTime));
}

const ownPart = ({ source, participantId }: LiveInteraction) =>
	source.participants?.find(({ id }) => id === participantId);

function callbackOf(call: LiveInteraction): { callbackScheduledTime?: string } | undefined {
	return ownPart(call)?.callbacks?.at(-1) as { callbackScheduledTime?: string } | undefined;
}

function subjectOf(call: LiveInteraction): string | undefined {
	const email = (ownPart(call) as { emails?: Array<{ subject?: string }> } | undefined)?.emails?.at(-1);
	return email?.subject;
}

function messageChannelOf(call: LiveInteraction): string | undefined {
	const message = (ownPart(call) as { messages?: Array<{ type?: string }> } | undefined)?.messages?.at(-1);
	return message?.type;
}
