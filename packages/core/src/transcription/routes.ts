import { Type } from "typebox";
import { visible } from "../conversations/routes/context.ts";
import type { SharedConversations } from "../conversations/service.ts";
import { anyOf, everywhere, noPermission, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { idParams } from "../kernel/http/schemas.ts";
import { seenVersion, versioned } from "../kernel/http/versions.ts";
import type { Outgoing } from "../kernel/outgoing/outgoing.ts";
import { actorOf } from "../kernel/principal.ts";
import type { LiveTranscripts } from "./live-transcripts.ts";
import { mostEngines } from "./model.ts";
import { readEngine, type TranscriptionSettingsService } from "./settings.ts";
import type { Transcriber } from "./transcriber.ts";
import { tryEngine } from "./try-engine.ts";

const path = "/api/inlay/v1/transcription";
/** Whoever says what is recorded says what is written down. */
const may = (action: "view" | "edit") => anyOf(`recording:retentionPolicy:${action}`);
const longestReason = 300;

const Engine = Type.Object({
	language: Type.String({ minLength: 1, maxLength: 40 }),
	url: Type.String({ minLength: 1, maxLength: 2000 }),
});

export interface TranscriptionParts {
	settings: TranscriptionSettingsService;
	transcripts: Pick<LiveTranscripts, "of">;
	transcriber: Transcriber;
	conversations: SharedConversations;
	outgoing: Pick<Outgoing, "requireTypable">;
}

/** What is turned into text, and by what; and what was said in a call that lives (decision 72). */
export function transcriptionRoutes(parts: TranscriptionParts): Route[] {
	return [...settingsRoutes(parts), transcriptRoute(parts)];
}

function settingsRoutes({ settings, transcriber, outgoing }: TranscriptionParts): Route[] {
	return [
		route({
			method: "GET",
			path: `${path}/settings`,
			operationId: "getInlayTranscriptionSettings",
			summary: "Whether what is said is turned into text, and by which speech engines.",
			permission: may("view"),
			scope: readScope("organization"),
			success: { status: 200 },
			handler: async () => answer(await settings.read()),
		}),
		route({
			method: "PUT",
			path: `${path}/settings`,
			operationId: "putInlayTranscriptionSettings",
			summary: "Changes it; what is absent stays as it is. Calls follow with what happens to them next.",
			permission: everywhere(may("edit")),
			scope: writeScope("organization"),
			body: Type.Object({
				enabled: Type.Optional(Type.Boolean()),
				voicemail: Type.Optional(Type.Boolean()),
				engines: Type.Optional(Type.Array(Engine, { maxItems: mostEngines })),
				version: Type.Optional(Type.Union([Type.Integer(), Type.Null()])),
			}),
			honoursIfMatch: true,
			success: { status: 200 },
			errors: ["version.conflict", "outgoing.refused"],
			handler: async ({ body: { version, ...changes }, principal, headers }) =>
				answer(await settings.change(changes, seenVersion(headers, version), actorOf(principal))),
		}),
		route({
			method: "POST",
			path: `${path}/check`,
			operationId: "postInlayTranscriptionCheck",
			summary: "Has a speech engine hear a second of silence: {ok, error}.",
			permission: everywhere(may("edit")),
			scope: writeScope("organization"),
			body: Engine,
			success: { status: 200 },
			errors: ["outgoing.refused"],
			handler: ({ body }) =>
				tryEngine(transcriber, readEngine(body, "", outgoing)).then(
					() => ({ ok: true }),
					(error: unknown) => ({ ok: false, error: reasonOf(error) }),
				),
		}),
	];
}

function transcriptRoute({ transcripts, conversations }: TranscriptionParts): Route {
	return route({
		method: "GET",
		path: "/api/v2/inlay/conversations/:conversationId/transcript",
		operationId: "getInlayConversationTranscript",
		summary: "What was said in a call until now, while it lives and is transcribed; what follows is told on its topic.",
		// As for reading a conversation: who takes part in it needs none.
		permission: noPermission,
		forOthers: anyOf("conversation:communication:view"),
		scope: readScope("conversations"),
		params: idParams("conversationId"),
		success: {
			status: 200,
			description: "TranscriptionTopicTranscriptionMessage; without transcripts where there are none",
		},
		async handler({ principal, params: { conversationId } }) {
			await visible(conversations, conversationId, principal);
			return transcripts.of(conversationId) ?? { conversationId, transcripts: [] };
		},
	});
}

/** What the network said, in a line. */
function reasonOf(error: unknown): string {
	const text = error instanceof Error ? error.message : String(error);
	return (text || "The speech engine does not answer.").replace(/\s+/g, " ").slice(0, longestReason);
}

function answer<T extends object>({ version, value }: { version: number; value: T }) {
	return versioned({ version, ...value });
}
