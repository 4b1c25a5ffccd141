import type { CallContext } from "../call/rules/model.ts";
import { inboundConversation, outboundConversation } from "../call/transitions/create.ts";
import { callbackConversation } from "../callback/transitions/create.ts";
import { email } from "../email/transitions/create.ts";
import { exchange } from "../message/transitions/create.ts";
import type { Conversation, QueueFacts } from "../model.ts";
import { conversationEvent } from "../projection/generic-event.ts";
import type { TransitionContext } from "../transitions/context.ts";
import { type Command, transition } from "../transitions/transition.ts";
import { start } from "./consult-story.ts";

/** What happened, and what the agent's notification says from then on. */
export type Told = [step: string, body: ReturnType<typeof conversationEvent>];

const support: QueueFacts = { id: "support", name: "Support", wrapupPrompt: "mandatory" };
const our = "+4930555000";
const carol = { name: "Carol", address: "+49305550101" };
const anna = { userId: "anna", name: "Anna" };
const home = { divisionId: "home", provider: "test" };

/** An interaction of Anna's as it goes, five seconds after the other. */
class Story5s {
	readonly told: Told[] = [];
	#second = 0;
	#ids = 0;
	#now: Conversation;

	constructor(begin: (context: TransitionContext & CallContext) => Conversation, step = "") {
		this.#now = begin(this.#context());
		this.#tell(step);
	}

	#tell(step: string): void {
		if (step) this.told.push([step, conversationEvent(this.#now)]);
	}

	#context(): TransitionContext {
		return { now: new Date(start + this.#second * 1000), newId: () => `id-${++this.#ids}` };
	}

	id(who: "customer" | "anna" | "ben"): string {
		const { participants } = this.#now;
		const found = who === "customer" ? participants[0] : participants.findLast(({ userId }) => userId === who);
		return found?.id ?? `nobody called ${who}`;
	}
	/** Whom Anna has called. */
	get called(): string {
		return this.#now.participants.findLast(({ userId, calls }) => calls && !userId)?.id ?? "";
	}

	/** Without a step's name nothing is told of it: Anna has no part in it yet. */
	do(step: string, command: Command): this {
		this.#second += 5;
		this.#now = transition(this.#now, command, this.#context());
		this.#tell(step);
		return this;
	}
	offer(): this {
		const offer = { queueId: "support", userId: "anna", userName: "Anna", timeoutMs: 20_000 };
		return this.do("it is offered to Anna", { type: "offer", offer });
	}
	wrapUp(): this {
		const wrapup = { code: "solved", name: "Solved", notes: "All well" };
		return this.do("Anna wraps up", { type: "wrapup", participantId: this.id("anna"), wrapup });
	}
}

function inbound(): Story5s {
	const customer = { attributes: { PEF_URLPop: "https://crm.example/1" }, customer: carol };
	const story = new Story5s((context) =>
		inboundConversation({ ...home, ...customer, dnis: our, queue: support }, context),
	);
	return story.do("", { type: "media.connected", participantId: story.id("customer") });
}

function answered(): Story5s {
	const story = inbound().offer();
	return story.do("Anna answers", { type: "media.connected", participantId: story.id("anna") });
}

function inboundCall(): Story5s {
	const story = answered();
	const own = { participantId: story.id("anna") };
	return story
		.do("Anna records", { type: "control", ...own, recording: true })
		.do("Anna holds", { type: "hold", ...own, held: true })
		.do("Anna takes back", { type: "hold", ...own, held: false })
		.do("a secure pause begins", { type: "recording.state", state: "PAUSED", userId: "anna" })
		.do("and ends", { type: "recording.state", state: "ACTIVE", userId: "anna" })
		.do("Anna flags it", { type: "flag", ...own, flagged: true })
		.do("an attribute is set", {
			type: "attributes",
			participantId: story.id("customer"),
			attributes: { Ticket: "T-1" },
		})
		.do("the customer hangs up", { type: "leave", participantId: story.id("customer"), why: "endpoint" })
		.wrapUp();
}

function outboundCall(): Story5s {
	const next = { kind: "outside", purpose: "external", address: carol.address } as const;
	const begun = { ...home, caller: anna, fromQueue: support, next };
	const story = new Story5s((context) => outboundConversation(begun, context), "Anna calls");
	return story
		.do("Anna's phone is on", { type: "media.connected", participantId: story.id("anna") })
		.do("the far end answers", { type: "media.connected", participantId: story.called })
		.do("Anna hangs up", { type: "leave", participantId: story.id("anna"), why: "client" })
		.wrapUp();
}

function consult(): Story5s {
	const story = answered();
	const ben = { kind: "user", userId: "ben", name: "Ben", alertingTimeoutMs: 30_000 } as const;
	const about = { participantId: story.id("customer"), userId: "anna" };
	story.do("Anna asks Ben first", { type: "consult.start", ...about, target: ben, speakTo: "DESTINATION" });
	return story
		.do("Ben answers", { type: "media.connected", participantId: story.id("ben") })
		.do("all three talk", { type: "consult.speak", ...about, speakTo: "BOTH" })
		.do("Anna hands over", { type: "leave", participantId: story.id("anna"), why: "client" })
		.wrapUp();
}

function blindTransfer(): Story5s {
	const story = answered();
	const sales = { kind: "queue", queue: { id: "sales", name: "Sales", wrapupPrompt: "optional" } } as const;
	return story
		.do("Anna hands it to Sales", { type: "replace", participantId: story.id("anna"), target: sales })
		.wrapUp();
}

function callback(): Story5s {
	const facts = { queue: support, scheduledAt: new Date(start).toISOString(), users: [], attempts: [] };
	const wish = { ...home, priority: 0, numbers: [carol.address], name: carol.name, facts };
	const story = new Story5s((context) => callbackConversation(wish, context));
	story.do("", { type: "due", participantId: story.id("customer") }).offer();
	const own = { participantId: story.id("anna") };
	const target = { kind: "outside", purpose: "customer", address: carol.address } as const;
	story
		.do("Anna accepts", { type: "answer", ...own })
		.do("Anna calls", { type: "callback.call", ...own, target, provider: "test" })
		.do("Anna's phone is on", { type: "media.connected", ...own });
	return story
		.do("the customer answers", { type: "media.connected", participantId: story.called })
		.do("the customer hangs up", { type: "leave", participantId: story.called, why: "endpoint", within: "calls" })
		.do("Anna ends the callback", { type: "leave", ...own, why: "client", within: "callbacks" })
		.wrapUp();
}

function emailStory(): Story5s {
	const mail = { our: "support@inlay.example", their: "carol@customer.example" };
	const facts = { threadId: "thread", routeId: "route", ...mail, queue: support };
	const wish = { facts, subject: "My order", direction: "inbound", name: "Carol", divisionId: "home" } as const;
	const story = new Story5s((context) => email(wish, context));
	story.do("", { type: "email.note", messageId: "mail-1" }).do("", { type: "email.enter", queue: support }).offer();
	const own = { participantId: story.id("anna") };
	return story
		.do("Anna takes it", { type: "answer", ...own })
		.do("Anna answers it", { type: "email.note", messageId: "mail-2", userId: "anna" })
		.do("Anna is done", { type: "leave", ...own, why: "client" })
		.wrapUp();
}

function message(channel: "sms" | "webmessaging"): Story5s {
	const their = channel === "sms" ? carol.address : "visitor-1";
	const facts = { channel, threadId: "thread", addressId: "address", our, their, queue: support };
	const wish = { facts, direction: "inbound", name: "Carol", divisionId: "home" } as const;
	const entry = (messageId: string, messageStatus: "received" | "sent") =>
		({ messageId, messageStatus, messageTime: new Date(start).toISOString() }) as const;
	const story = new Story5s((context) => exchange(wish, context));
	story
		.do("", { type: "message.note", entry: entry("m-1", "received") })
		.do("", { type: "message.enter", queue: support })
		.offer();
	const own = { participantId: story.id("anna") };
	return story
		.do("Anna takes it", { type: "answer", ...own })
		.do("Anna writes", { type: "message.note", entry: entry("m-2", "sent"), userId: "anna" })
		.do("the customer writes", { type: "message.note", entry: entry("m-3", "received") })
		.do("Anna is done", { type: "leave", ...own, why: "client" })
		.wrapUp();
}

/** One of each kind that a script is told of, as the server tells it (framework-contract 7 and 8). */
export const frameworkStories: Readonly<Record<string, () => readonly Told[]>> = {
	inbound: () => inboundCall().told,
	outbound: () => outboundCall().told,
	consult: () => consult().told,
	"blind-transfer": () => blindTransfer().told,
	callback: () => callback().told,
	email: () => emailStory().told,
	message: () => message("sms").told,
	"web-message": () => message("webmessaging").told,
};
