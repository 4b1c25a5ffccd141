import { Remembered } from "../kernel/database/remembered.ts";
import { versionedSetting } from "../kernel/database/versioned-setting.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Actor } from "../kernel/events/event-log.ts";
import { badField } from "../kernel/http/api-error.ts";
import { readLanguage } from "./language.ts";
import { defaultSettings, engineFor, type TranscriptionSettings } from "./model.ts";
import { queuesTranscribed } from "./store.ts";
import type { SpeechEngine } from "./transcriber.ts";

const changed = "transcription.settings.changed";

const kept = versionedSetting<TranscriptionSettings>({
	...{ table: "transcription_settings", column: "settings" },
	entity: { name: "transcription", id: "settings" },
});

/** What holds just now. */
interface Known {
	settings: TranscriptionSettings;
	/** Queues whose calls are transcribed, and the language that is spoken in each; empty where nothing says it. */
	queues: ReadonlyMap<string, string>;
}

/** What is transcribed, and by what: kept, changed, and known to every call. */
export function createTranscriptionSettings({
	database,
	events,
	feed,
	outgoing,
}: Pick<Kernel, "database" | "events" | "feed" | "outgoing">) {
	const { db } = database;
	const read = async (): Promise<Known> => {
		const [{ said }, queues] = await Promise.all([kept.read(db), queuesTranscribed(db)]);
		return { settings: { ...defaultSettings, ...said }, queues };
	};
	const known = new Remembered(read, feed, [changed, "queue.changed"]);
	let latest: Known = { settings: defaultSettings, queues: new Map() };
	const current = (): Known => {
		latest = known.peek() ?? latest;
		known.get().catch(() => {});
		return latest;
	};

	return {
		/** As last read; read anew after each change, so that calls follow it with their next one. */
		current: (): TranscriptionSettings => current().settings,

		/** Queues whose calls are transcribed now, and their languages; none while the organization wants none. */
		queues(): ReadonlyMap<string, string> {
			const { settings, queues } = current();
			return settings.enabled && settings.engines.length > 0 ? queues : new Map();
		},

		/** The engine for messages to a mailbox; undefined where they are not transcribed. @param queueId of a queue's mailbox */
		ofVoicemail(queueId?: string): SpeechEngine | undefined {
			const { settings, queues } = current();
			if (!settings.enabled || !settings.voicemail) return undefined;
			return engineFor(settings.engines, (queueId && queues.get(queueId)) || "");
		},

		/** Before the first call: what is not read yet would not be transcribed. */
		async load(): Promise<void> {
			latest = await known.get();
		},

		async read(): Promise<{ version: number; value: TranscriptionSettings }> {
			const { version, said } = await kept.read(db);
			return { version, value: { ...defaultSettings, ...said } };
		},

		/** What is absent stays as it is. @throws ApiError 400 naming the field; 409 `version.conflict` */
		async change(
			changes: Partial<TranscriptionSettings>,
			seen: number | undefined,
			actor: Actor,
		): Promise<{ version: number; value: TranscriptionSettings }> {
			const { engines } = changes;
			const wanted = engines
				? { ...changes, engines: engines.map((one, at) => readEngine(one, `engines[${at}]`, outgoing)) }
				: changes;
			const now = await database.change(async (trx) => {
				const after = (await kept.change(trx, wanted, seen)).now;
				const value = { ...defaultSettings, ...after.said };
				requireWhole(value);
				await events.append(trx, [
					{ type: changed, entityType: "transcription-settings", entityId: "settings", actor },
				]);
				return { version: after.version, value };
			});
			known.forget();
			return now;
		},
	};
}

export type TranscriptionSettingsService = ReturnType<typeof createTranscriptionSettings>;

function requireWhole({ enabled, engines }: TranscriptionSettings): void {
	if (enabled && engines.length === 0)
		throw badField("enabled", "Nothing is transcribed without a speech engine: name one in engines.");
	const languages = engines.map(({ language }) => language.toLowerCase());
	const twice = languages.findIndex((one, at) => languages.indexOf(one) < at);
	if (twice >= 0)
		throw badField(
			`engines[${twice}].language`,
			`Two engines are for ${languages[twice]}: nobody would know which is asked.`,
		);
}

/** An engine as it is kept. @throws ApiError 400 naming the field, also for an address that would not be called. @param under which names the engine */
export function readEngine(
	{ language, url: typed }: SpeechEngine,
	under: string,
	outgoing: Pick<Kernel["outgoing"], "requireTypable">,
): SpeechEngine {
	const field = (name: string) => (under ? `${under}.${name}` : name);
	const url = URL.canParse(typed) ? new URL(typed) : undefined;
	if (!url || !["ws:", "wss:"].includes(url.protocol) || url.username || url.password || url.hash)
		throw badField(
			field("url"),
			"The address of a speech engine is like ws://speech.example:2700, without user or password.",
		);
	const port = Number(url.port) || (url.protocol === "wss:" ? 443 : 80);
	outgoing.requireTypable({ host: url.hostname, port }, field("url"));
	return { language: readLanguage(language, field("language")), url: url.href };
}
