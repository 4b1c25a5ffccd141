import type { CallFailure } from "@inlay/contract";
import { type ForwardTarget, isAskedToTake } from "../../conversations/call/forwarding/model.ts";
import { findCall } from "../../conversations/call/model.ts";
import type { OutboundCall } from "../../conversations/call/service.ts";
import {
	type Conversation,
	communicationOf,
	isConnected,
	isLive,
	isOutside,
	isStaff,
	type Participant,
} from "../../conversations/model.ts";
import type { ParticipantPatch } from "../../conversations/service.ts";
import { ApiError } from "../../kernel/http/api-error.ts";
import { queues, type Services, type Site, staff, wrapupCode } from "./site.ts";

/** Three numbers choose a step: what, to whom, and how. 0 for `what` does nothing, so that failures shrink to what matters. */
export type Choice = readonly [what: number, who: number, how: number];

/** What a step has to go by: the conversations that are open, as the model last saw them. */
export interface View {
	open: ReadonlyMap<string, Conversation>;
	/** Conversations to which somebody was added: conferences. */
	conferences: Set<string>;
	lastDial?: OutboundCall;
}

type Act = (site: Services, view: View, who: number, how: number) => Promise<unknown> | undefined;
interface Part {
	conversation: Conversation;
	participant: Participant;
}

const pick = <T>(list: readonly T[], index: number): T | undefined => list[index % Math.max(1, list.length)];
const users = [...staff.keys()];
const numbers = ["+31201", "+31202", "+31203"];
const failures: CallFailure[] = ["busy", "noAnswer", "refused", "unknownNumber", "unreachable"];

function parts(view: View, matches: (one: Participant) => boolean): Part[] {
	return [...view.open.values()].flatMap((conversation) =>
		conversation.participants.filter(matches).map((participant) => ({ conversation, participant })),
	);
}

const isAlerting = (one: Participant) => isLive(one) && communicationOf(one).state === "alerting";
/** Also within a callback. */
const isDialling = (one: Participant) =>
	isLive(one) && ["contacting", "dialing"].includes(findCall(one)?.state ?? "") && !isAskedToTake(one);
const isAgentCall = (one: Participant) => isStaff(one) && isConnected(one);

/** A step on one of the parts that match; none: nothing to do. */
function on(
	matches: (one: Participant) => boolean,
	act: (site: Services, part: Part, how: number, view: View) => Promise<unknown>,
): Act {
	return (site, view, who, how) => {
		const part = pick(parts(view, matches), who);
		return part && act(site, part, how, view);
	};
}

/** What the party's own user asks for, or the server for those outside. */
function patch(wanted: (how: number) => ParticipantPatch) {
	return (site: Services, { conversation, participant }: Part, how: number) => {
		const by = participant.userId ? { userId: participant.userId, may: () => true } : {};
		return site.conversations.patchParticipant(conversation.id, participant.id, wanted(how), by);
	};
}

const mediaUp = (site: Services, { conversation, participant }: Part) =>
	site.conversations.calls.mediaConnected(conversation.id, participant.id);

function dial(call: (how: number) => Omit<OutboundCall, "userId">): Act {
	return (site, view, who, how) => {
		view.lastDial = { userId: pick(users, who) ?? "", ...call(how) };
		return site.conversations.calls.dial(view.lastDial);
	};
}

function transfer(target: (how: number) => { userId?: string; queueId?: string; address?: string }) {
	return on(isAgentCall, (site, { conversation, participant }, how) =>
		site.conversations.transfer(conversation.id, participant.id, target(how), {
			userId: participant.userId ?? "",
			may: () => true,
		}),
	);
}

const add = (wish: (how: number) => { userId?: string; phoneNumber?: string }): Act =>
	on(isAgentCall, async (site, { conversation, participant }, how, view) => {
		await site.conversations.calls.addParticipants(conversation.id, [wish(how)], {
			userId: participant.userId ?? "",
			may: () => true,
		});
		view.conferences.add(conversation.id);
	});

const speaking = ["DESTINATION", "OBJECT", "BOTH", "CONFERENCE"] as const;

const consult = (wish: (how: number) => { userId?: string; queueId?: string; address?: string }): Act =>
	on(isAgentCall, async (site, { conversation, participant }, how, view) => {
		const other = conversation.participants.find((one) => one !== participant && isConnected(one));
		await site.conversations.calls.consults.start(
			conversation.id,
			other?.id ?? "nobody",
			{ ...wish(how), speakTo: pick(speaking, how) ?? "DESTINATION" },
			{ userId: participant.userId ?? "", may: () => true },
		);
		view.conferences.add(conversation.id);
	});

/** What whoever consults somebody does about it. */
function consulting(
	act: (
		site: Services,
		id: string,
		about: string,
		by: { userId: string; may(): boolean },
		how: number,
	) => Promise<unknown>,
): Act {
	return on(
		(one) => isStaff(one) && isLive(one) && one.consultParticipantId !== undefined,
		(site, { conversation, participant }, how) => {
			const by = { userId: participant.userId ?? "", may: () => true };
			return act(site, conversation.id, participant.consultParticipantId ?? "", by, how);
		},
	);
}

/** Where somebody's direct calls go: their own phone, a number, a colleague, one after the other or together. */
function forwards(site: Services, _view: View, who: number, how: number): Promise<void> {
	const userId = pick(users, who) ?? "";
	const own = { kind: "user" as const, userId, name: userId };
	const other = { kind: "user" as const, userId: pick(users, who + 1 + (how % 4)) ?? "", name: "colleague" };
	const outside = { kind: "number" as const, address: pick(numbers, how) ?? "" };
	const steps: ForwardTarget[][] = [
		[[own, outside], [other]],
		[[outside]],
		[[other, outside], [own]],
		[[outside], [outside]],
	][how % 4] as ForwardTarget[][];
	const voicemail = how % 3 === 0 ? "LASTCALL" : "NONE";
	site.forwards.set(userId, {
		...{ steps: steps.map((targets) => ({ targets })), ringMs: 20_000, confirm: how % 5 !== 0, voicemail },
	});
	return Promise.resolve();
}

const customer = "+442079460123";

function agreeUpon(site: Services, _view: View, who: number, how: number): Promise<unknown> {
	const at = new Date(site.clock.now().getTime() + (how % 3) * 20_000).toISOString();
	const queueId = pick(queues, who)?.id ?? "";
	const agentId = how % 4 === 0 ? pick(users, how) : undefined;
	const wish = { callbackNumbers: [customer], queueId, callbackScheduledTime: at, ...(agentId ? { agentId } : {}) };
	return site.conversations.callbacks.create(wish, { may: () => true });
}

/** On a callback that is open. */
const onCallback =
	(act: (site: Services, id: string, how: number) => Promise<unknown>): Act =>
	(site, view, who, how) => {
		const found = pick(
			[...view.open.values()].filter((one) => one.internal.facts),
			who,
		);
		return found && act(site, found.id, how);
	};

const onQueue =
	(isOn: boolean): Act =>
	(site, _view, who) =>
		site.database.change((trx) => site.routingStatus.setOnQueue(trx, pick(users, who) ?? "", isOn));

async function assignAll(site: Services): Promise<void> {
	while ((await site.assignment.assign(queues.map((one) => one.id))).again);
}

async function pass(site: Services, ms: number): Promise<void> {
	site.clock.advance(ms);
	await site.jobs.runDue();
}

/** Everything that happens, and how often beside the others. */
const steps: ReadonlyArray<[weight: number, name: string, act: Act]> = [
	[
		3,
		"a customer calls",
		(site, _view, who, how) =>
			site.conversations.calls.startInboundCall({
				customer: { name: "Ada", address: `+4420${who % 100}` },
				dnis: "+31800",
				queueId: pick(queues, who)?.id ?? "",
				provider: "test",
				priority: how % 3,
			}),
	],
	[10, "their media is up", on((one) => isOutside(one) && isAlerting(one), mediaUp)],
	[
		2,
		"somebody outside leaves",
		on(
			(one) => isOutside(one) && isLive(one),
			(site, { conversation, participant }, how) =>
				site.conversations.partyLeft(conversation.id, participant.id, how % 4 === 0 ? "transport.failure" : "endpoint"),
		),
	],
	[16, "a far end answers", on((one) => isOutside(one) && isDialling(one), mediaUp)],
	[
		4,
		"a far end is not reached",
		on(
			(one) => isOutside(one) && isDialling(one),
			(site, { conversation, participant }, how) =>
				site.conversations.partyLeft(conversation.id, participant.id, "transfer.noanswer", pick(failures, how)),
		),
	],
	[8, "assignment looks", (site) => assignAll(site)],
	[16, "a phone answers", on((one) => isStaff(one) && isAlerting(one), mediaUp)],
	[
		8,
		"a call is answered by the API",
		on(
			(one) => isStaff(one) && isAlerting(one),
			patch(() => ({ state: "connected" })),
		),
	],
	[
		3,
		"a call is declined",
		on(
			(one) => isStaff(one) && isAlerting(one),
			patch(() => ({ state: "disconnected" })),
		),
	],
	[6, "a caller's phone is there", on((one) => isStaff(one) && isDialling(one), mediaUp)],
	[
		5,
		"somebody hangs up",
		on(
			(one) => isStaff(one) && isLive(one) && !isAlerting(one),
			patch(() => ({ state: "disconnected" })),
		),
	],
	[
		5,
		"hold",
		on(
			isAgentCall,
			patch(() => ({ held: true })),
		),
	],
	[
		5,
		"resume",
		on(
			(one) => isStaff(one) && communicationOf(one).held,
			patch(() => ({ held: false })),
		),
	],
	[
		2,
		"mute, confine, record",
		on(
			isStaff,
			patch((how) => ({
				[pick(["muted", "confined", "recording"], how) as "muted"]: how % 2 === 0,
			})),
		),
	],
	[3, "dial a number", dial((how) => ({ phoneNumber: pick(numbers, how) ?? "" }))],
	[4, "call a colleague", dial((how) => ({ callUserId: pick(users, how) ?? "" }))],
	[1, "call a queue", dial((how) => ({ callQueueId: pick(queues, how)?.id ?? "" }))],
	[
		2,
		"dial for a queue",
		(site, view, who, how) => {
			const userId = pick(users, who) ?? "";
			const queueId = pick(staff.get(userId) ?? [], how);
			return dial(() => ({ phoneNumber: pick(numbers, how) ?? "", ...(queueId ? { callFromQueueId: queueId } : {}) }))(
				site,
				view,
				who,
				how,
			);
		},
	],
	[2, "dial the same again", (site, view) => view.lastDial && site.conversations.calls.dial(view.lastDial)],
	[5, "transfer to a queue", transfer((how) => ({ queueId: pick(queues, how)?.id ?? "" }))],
	[8, "transfer to a colleague", transfer((how) => ({ userId: pick(users, how) ?? "" }))],
	[8, "transfer to a number", transfer((how) => ({ address: pick(numbers, how) ?? "" }))],
	[3, "add a number", add((how) => ({ phoneNumber: pick(numbers, how) ?? "" }))],
	[4, "add a colleague", add((how) => ({ userId: pick(users, how) ?? "" }))],
	[6, "consult a colleague", consult((how) => ({ userId: pick(users, how) ?? "" }))],
	[3, "consult a queue", consult((how) => ({ queueId: pick(queues, how)?.id ?? "" }))],
	[4, "consult a number", consult((how) => ({ address: pick(numbers, how) ?? "" }))],
	[
		6,
		"speak to somebody else",
		consulting((site, id, about, by, how) =>
			site.conversations.calls.consults.speakTo(id, about, { speakTo: pick(speaking, how) ?? "BOTH" }, by),
		),
	],
	[2, "cancel a consult", consulting((site, id, about, by) => site.conversations.calls.consults.cancel(id, about, by))],
	[
		2,
		"hold, mute or take back somebody outside",
		on(
			(one) => isOutside(one) && isConnected(one),
			(site, { conversation, participant }, how) => {
				const agents = conversation.participants.filter(isAgentCall);
				const by = { userId: pick(agents, how)?.userId ?? "", may: () => true };
				const wish = { [pick(["held", "muted"], how >> 1) as "held"]: how % 2 === 0 };
				return site.conversations.patchParticipant(conversation.id, participant.id, wish, by);
			},
		),
	],
	[
		9,
		"wrap up",
		on(
			(one) => one.purpose === "agent" && !isLive(one),
			patch((how) => ({
				wrapup: { code: wrapupCode.id, provisional: how % 5 === 0 },
			})),
		),
	],
	[
		1,
		"skip the wrap-up",
		on(
			(one) => one.purpose === "agent" && !isLive(one),
			patch(() => ({ wrapupSkipped: true })),
		),
	],
	[
		2,
		"an agent's media is lost",
		on(
			(one) => isStaff(one) && isLive(one),
			(site, { conversation, participant }, how) =>
				site.conversations.partyLeft(conversation.id, participant.id, how % 3 === 0 ? "error" : "transport.failure"),
		),
	],
	[3, "on queue", onQueue(true)],
	[1, "off queue", onQueue(false)],
	[3, "there again", (site, _view, who) => site.routingStatus.request(pick(users, who) ?? "", "IDLE", {})],
	[1, "a phone signs out", async (site, _view, who) => site.phones.signOut(pick(users, who) ?? "")],
	[3, "a phone signs in", async (site, _view, who) => site.phones.signIn(pick(users, who) ?? "")],
	[4, "time passes", (site, _view, _who, how) => pass(site, (how % 20) * 1000)],
	[1, "the clock steps", async (site, _view, _who, how) => site.clock.step(how % 2 === 0 ? 600_000 : -600_000)],
	[
		1,
		"a supervisor ends it",
		(site, view, who) => {
			const found = pick([...view.open.keys()], who);
			return found ? site.conversations.disconnect(found, { userId: "supervisor", may: () => true }) : undefined;
		},
	],
	[
		1,
		"assigned by hand",
		(site, view, who, how) => {
			const found = pick([...view.open.keys()], who);
			return found
				? site.conversations.assignByHand(found, pick(users, how) ?? "", { userId: "supervisor", may: () => true })
				: undefined;
		},
	],
	[5, "calls are forwarded", forwards],
	[1, "calls are forwarded no more", async (site, _view, who) => void site.forwards.delete(pick(users, who) ?? "")],
	[
		20,
		"a key is pressed to take a forwarded call",
		on(isAskedToTake, (site, { conversation, participant }, how) =>
			site.conversations.calls.keyPressed(conversation.id, participant.id, how % 4 === 0 ? "5" : "1"),
		),
	],
	[6, "a callback is agreed upon", agreeUpon],
	[
		1,
		"a callback is moved",
		onCallback((site, id, how) => {
			const at = new Date(site.clock.now().getTime() + (how % 3) * 20_000).toISOString();
			return site.conversations.callbacks.change(id, { callbackScheduledTime: at }, { may: () => true });
		}),
	],
	[
		12,
		"a callback's customer is called",
		on(
			(one) => isAgentCall(one) && one.callbacks !== undefined,
			(site, { conversation, participant }) => {
				const by = { userId: participant.userId ?? "", may: () => true };
				return site.conversations.callbacks.call(conversation.id, customer, by);
			},
		),
	],
	[3, "a queue is deleted", (site, _view, who) => site.shelf.remove(pick(queues, who)?.id ?? "")],
	[2, "a queue is made again", (site, _view, who) => site.shelf.make(pick(queues, who)?.id ?? "")],
	[
		1,
		"attributes and flag",
		on(isStaff, (site, { conversation, participant }, how) => {
			const by = { userId: participant.userId ?? "", may: () => true };
			return how % 2 === 0
				? site.conversations.setAttributes(conversation.id, participant.id, { note: String(how % 5) }, by)
				: site.conversations.setFlagged(conversation.id, participant.id, how % 3 === 0, by);
		}),
	],
];

const wheel = steps.flatMap(([weight, name, act]) => Array.from({ length: weight }, () => ({ name, act })));
/** Values of `what` from 1 on that are worth choosing. */
export const kinds = wheel.length;

/** Long enough for a phone to have rung in vain: timers run beside what people do. */
export const ringsOut: Choice = [wheel.findIndex((one) => one.name === "time passes") + 1, 0, 13];

export function nameOf([what, who, how]: Choice): string {
	const step = what === 0 ? undefined : wheel[(what - 1) % wheel.length];
	return step ? `${step.name} (${who}, ${how})` : "nothing";
}

/** Does a step. A refusal in the platform's words is an answer; anything else is a fault. @returns whether something was asked for, and granted */
export async function take(site: Site, view: View, [what, who, how]: Choice): Promise<"nothing" | "done" | "refused"> {
	const step = what === 0 ? undefined : wheel[(what - 1) % wheel.length];
	try {
		const doing = step?.act(site.services, view, who, how);
		if (!doing) return "nothing";
		await doing;
		return "done";
	} catch (error) {
		if (error instanceof ApiError && error.status < 500) return "refused";
		throw error;
	}
}
