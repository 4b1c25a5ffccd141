import type { ScriptDocument, ScriptValue } from "@inlay/contract/scripter/agent-script";
import type { OpenScriptView } from "@inlay/contract/scripter/open-script";
import { scriptTopic } from "@inlay/contract/scripter/open-script";
import { firstValues, valueFor } from "@inlay/contract/scripter/variables";
import { stepListsOf } from "@inlay/contract/scripter/walk";
import {
	type Conversation,
	communicationOf,
	isInAfterCallWork,
	isLive,
	isOutside,
	mediumOfPart,
	type Participant,
} from "../conversations/model.ts";
import type { Controller, Conversations } from "../conversations/service.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { NewEvent } from "../kernel/events/event-log.ts";
import { ApiError, badField, notFound } from "../kernel/http/api-error.ts";
import type { ScriptMedium } from "../routing/queue-model.ts";
import type { PublishedScript, ScriptSession } from "./model.ts";
import type { Scripts } from "./scripts.ts";
import { sessionStore } from "./session-store.ts";

export interface SessionDeps {
	conversations: Pick<Conversations, "get" | "setAttributes">;
	/** The script that a queue shows for a medium. */
	ofQueue(queueId: string, medium: ScriptMedium): Promise<string | undefined>;
	/** The script that a campaign shows. */
	ofCampaign(campaignId: string): Promise<string | undefined>;
	/** Hosts that scripts may open; none: every one. */
	pageHosts(): Promise<string[]>;
	/** Asks a web service. */
	ask(serviceId: string, inputs: Readonly<Record<string, string>>): Promise<Record<string, ScriptValue>>;
}

/** What an agent changes of an open script. */
export interface ScriptChange {
	pageId?: string | undefined;
	values?: Record<string, ScriptValue> | undefined;
	/** Of the panel that changes it; it is told of the others' changes alone. */
	panelId?: string | undefined;
}

const media: Readonly<Record<string, ScriptMedium>> = {
	calls: "CALL",
	callbacks: "CALLBACK",
	emails: "EMAIL",
	messages: "MESSAGE",
};

/** The scripts that agents have open in their interactions (agent-features 17). */
export function createScriptSessions({ database, events, clock }: Kernel, scripts: Scripts, deps: SessionDeps) {
	const store = sessionStore(database.db);

	/** In this order: what the interaction itself names, its campaign's, the queue's for the medium. */
	async function chosen(conversation: Conversation, part: Participant): Promise<PublishedScript | undefined> {
		const communication = communicationOf(part) as { scriptId?: string };
		const medium = media[mediumOfPart(part)];
		const campaignId = conversation.internal.campaign?.campaignId;
		const asks = [
			async () => communication.scriptId,
			async () => (campaignId === undefined ? undefined : deps.ofCampaign(campaignId)),
			async () => (part.queueId && medium ? deps.ofQueue(part.queueId, medium) : undefined),
		];
		const at = new Date(communicationOf(part).startAlertingTime ?? part.startTime);
		for (const ask of asks) {
			const id = await ask();
			const version = id === undefined ? undefined : await scripts.store.versionAt(id, at);
			if (version) return version;
		}
		return undefined;
	}

	/** @throws ApiError 404 where the user has, and had, no part in it */
	async function ownPart(conversationId: string, userId: string) {
		const conversation = await deps.conversations.get(conversationId);
		const parts = conversation?.participants.filter((one) => one.userId === userId) ?? [];
		const part = parts.find(isLive) ?? parts.at(-1);
		if (!conversation || !part) throw notFound("conversation", conversationId);
		return { conversation, part };
	}

	/** The first time it begins with what is known, or where the agent before stopped. */
	async function begin(conversation: Conversation, part: Participant, version: PublishedScript) {
		const attributes = Object.assign({}, ...conversation.participants.filter(isOutside).map((one) => one.attributes));
		const userId = part.userId ?? "";
		return database.change(async (trx) => {
			const before = await store.latest(trx, conversation.id, version.id);
			const session: ScriptSession = {
				conversationId: conversation.id,
				userId,
				versionId: version.id,
				pageId: before?.pageId ?? version.document.startPageId,
				values: before?.values ?? firstValues(version.document, attributes),
				revision: 1,
				savedAt: clock.now(),
			};
			const isNew = await store.insert(trx, session);
			return isNew
				? { session, isNew: !before }
				: { session: (await store.find(conversation.id, userId, trx)) ?? session };
		});
	}

	async function viewOf(session: ScriptSession, version: PublishedScript): Promise<OpenScriptView> {
		const hosts = await deps.pageHosts();
		const { conversationId, pageId, values, revision } = session;
		const { scriptId: id, name, id: versionId, number, document } = version;
		return { conversationId, script: { id, name, versionId, number, document }, pageId, values, revision, hosts };
	}

	return {
		/** The version that the agent has in the interaction, without opening it: for who judges whether they may see it. */
		async versionFor(conversationId: string, userId: string): Promise<PublishedScript | undefined> {
			const session = await store.find(conversationId, userId);
			if (session) return scripts.store.version(session.versionId);
			const { conversation, part } = await ownPart(conversationId, userId);
			return chosen(conversation, part);
		},

		/** Opens the script of one's own interaction; undefined where it has none. @throws ApiError 404 */
		async open(conversationId: string, userId: string): Promise<OpenScriptView | undefined> {
			const known = await store.find(conversationId, userId);
			const version = await (known ? scripts.store.version(known.versionId) : this.versionFor(conversationId, userId));
			if (!version) return undefined;
			if (known) return viewOf(known, version);
			const { conversation, part } = await ownPart(conversationId, userId);
			const { session, isNew } = await begin(conversation, part, version);
			return { ...(await viewOf(session, version)), ...(isNew ? { isNew } : {}) };
		},

		/**
		 * Asks a web service that the open script names: of an interaction that one has, and nothing that no author has put there.
		 * @throws ApiError 404, 409 `script.over`, and as `askService`
		 */
		async callService(
			conversationId: string,
			userId: string,
			serviceId: string,
			inputs: Readonly<Record<string, string>>,
		): Promise<Record<string, ScriptValue>> {
			const { part } = await ownPart(conversationId, userId);
			if (!isLive(part) && !isInAfterCallWork(part)) throw scriptOver();
			const session = await store.find(conversationId, userId);
			const version = session && (await scripts.store.version(session.versionId));
			const steps = version ? stepListsOf(version.document).flatMap((list) => list.steps) : [];
			if (!steps.some((step) => step.kind === "callService" && step.serviceId === serviceId))
				throw notFound("web service of the open script", serviceId);
			return deps.ask(serviceId, inputs);
		},

		/**
		 * What the agent has changed: kept, told to their other panels, and written to the customer's attributes where the
		 * variable is an output. Of two panels the last one wins, variable by variable.
		 * @throws ApiError 400 naming the field, 404, 409 `script.over` once after-call work is done
		 */
		async change(
			conversationId: string,
			change: ScriptChange,
			by: Controller & { userId: string },
		): Promise<{ revision: number }> {
			const { conversation, part } = await ownPart(conversationId, by.userId);
			if (!isLive(part) && !isInAfterCallWork(part)) throw scriptOver();
			const session = await store.find(conversationId, by.userId);
			const version = session && (await scripts.store.version(session.versionId));
			if (!version) throw notFound("open script", conversationId);
			const taken = readChange(version.document, change);
			const saved = await database.change(async (trx) => {
				const before = await store.lock(trx, conversationId, by.userId);
				if (!before) throw notFound("open script", conversationId);
				const after: ScriptSession = {
					...before,
					...(change.pageId === undefined ? {} : { pageId: change.pageId }),
					values: { ...before.values, ...taken },
					revision: before.revision + 1,
					savedAt: clock.now(),
				};
				await store.update(trx, after);
				await events.append(trx, [scriptMoved(after, change.panelId)]);
				return after;
			});
			await tellOutputs(conversation, version.document, taken, by);
			return { revision: saved.revision };
		},
	};

	/** In the name of the server: the script's author decides what is an output, not the agent's rights on the customer. */
	async function tellOutputs(
		conversation: Conversation,
		document: ScriptDocument,
		taken: Record<string, ScriptValue>,
		by: Controller & { userId: string },
	): Promise<void> {
		const outputs = document.variables.filter(({ name, output }) => output && name in taken);
		const customer = conversation.participants.find(isOutside);
		if (outputs.length === 0 || !customer) return;
		const attributes = Object.fromEntries(outputs.map(({ name }) => [name, String(taken[name] ?? "")]));
		const { may: _may, ...server } = by;
		await deps.conversations.setAttributes(conversation.id, customer.id, attributes, server);
	}
}

export type ScriptSessions = ReturnType<typeof createScriptSessions>;

function readChange(document: ScriptDocument, { pageId, values = {} }: ScriptChange): Record<string, ScriptValue> {
	if (pageId !== undefined && !document.pages.some(({ id }) => id === pageId))
		throw badField("pageId", `pageId names ${pageId}, which is no page of the script.`);
	return Object.fromEntries(
		Object.entries(values).map(([name, value]) => {
			const variable = document.variables.find((each) => each.name === name);
			if (!variable) throw badField(`values.${name}`, `values.${name} is no variable of the script.`);
			const taken = valueFor(variable, value);
			if (taken === undefined) throw badField(`values.${name}`, `values.${name} must be a ${variable.type}.`);
			return [name, taken];
		}),
	);
}

function scriptOver(): ApiError {
	return new ApiError(
		409,
		"script.over",
		"The interaction is over and its after-call work is done; the script stays as it is.",
	);
}

/** `scripter.session.changed`: the agent's other panels show the same. */
function scriptMoved({ conversationId, userId, pageId, values, revision }: ScriptSession, panelId?: string): NewEvent {
	return {
		type: "scripter.session.changed",
		entityType: "script.session",
		entityId: conversationId,
		actor: { userId },
		announcements: [
			{
				topics: [scriptTopic(userId)],
				eventBody: { conversationId, pageId, values, revision, ...(panelId ? { panelId } : {}) },
			},
		],
	};
}
