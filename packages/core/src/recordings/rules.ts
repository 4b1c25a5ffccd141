import { randomUUID } from "node:crypto";
import { defaultRecordingRules, type RecordingRules } from "../conversations/recording-rules.ts";
import type { Trx } from "../kernel/database/database.ts";
import { Remembered } from "../kernel/database/remembered.ts";
import { versionedSetting } from "../kernel/database/versioned-setting.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Actor } from "../kernel/events/event-log.ts";
import { alreadyExists, badField, notFound, versionConflict } from "../kernel/http/api-error.ts";
import { lookAlike } from "../kernel/look-alikes.ts";
import { referredQueues } from "../routing/queue-store.ts";
import { policiesChanged } from "./events.ts";
import { type StoredPolicy, type StoredSettings, settingsOf } from "./policy-model.ts";

export interface Versioned<T> {
	version: number;
	value: T;
}

export interface PolicyRow extends Versioned<StoredPolicy> {
	id: string;
}

const changed = "recording.rules.changed";

const keptSettings = versionedSetting<StoredSettings>({
	...{ table: "recording_settings", column: "settings" },
	entity: { name: "recording", id: "settings" },
});

/** Which calls are recorded, and how: kept, changed, and known to every call. */
export function createRecordingRules({ database, events, feed }: Pick<Kernel, "database" | "events" | "feed">) {
	const { db } = database;

	async function policies(): Promise<PolicyRow[]> {
		const rows = await db.selectFrom("recording_policies").selectAll().orderBy("position").orderBy("id").execute();
		return rows.map(({ id, version, policy }) => ({ id, version, value: policy }));
	}

	async function settings(): Promise<Versioned<Required<StoredSettings>>> {
		const { version, said } = await keptSettings.read(db);
		return { version, value: settingsOf(said) };
	}

	async function read(): Promise<RecordingRules> {
		const [kept, { value }] = await Promise.all([policies(), settings()]);
		const { duringHold, resumeAfterSeconds, beepSeconds } = value;
		const enabled = kept.filter((one) => one.value.enabled).map((one) => ({ id: one.id, ...one.value }));
		return { duringHold, resumeAfterSeconds, beepSeconds, policies: enabled };
	}

	const known = new Remembered(read, feed, [changed]);
	let latest = defaultRecordingRules;

	/** A queue that is not there would be recorded by nobody, and of two policies of one name nobody knows which counted. */
	async function check(trx: Trx, policy: StoredPolicy, id?: string): Promise<void> {
		const standing = await referredQueues.hold(trx, policy.queueIds);
		const unknown = policy.queueIds.find((queueId) => !standing.has(queueId));
		if (unknown !== undefined) throw badField("queueIds", `There is no queue with the id ${unknown}.`);
		const rows = await trx.selectFrom("recording_policies").select(["id", "policy"]).execute();
		const twin = rows.find((row) => row.id !== id && lookAlike(row.policy.name, policy.name));
		if (twin) throw alreadyExists("recording policy", "name", twin.policy.name);
	}

	return {
		policies,
		settings,

		/** As last read; read anew after each change, so that calls follow it with their next one. */
		current(): RecordingRules {
			latest = known.peek() ?? latest;
			known.get().catch(() => {});
			return latest;
		},

		/** Before the first call: what is not read yet would not be recorded. */
		async load(): Promise<void> {
			latest = await known.get();
		},

		async add(policy: StoredPolicy, actor: Actor): Promise<PolicyRow> {
			const id = randomUUID();
			await database.change(async (trx) => {
				await check(trx, policy);
				const { last } = await trx
					.selectFrom("recording_policies")
					.select((is) => is.fn.max("position").as("last"))
					.executeTakeFirstOrThrow();
				const row = { id, version: 1, position: (last ?? 0) + 1, policy: JSON.stringify(policy) as never };
				await trx.insertInto("recording_policies").values(row).execute();
				await events.append(trx, [policiesChanged(id, actor)]);
			});
			known.forget();
			return { id, version: 1, value: policy };
		},

		/** @param seen the version that the change is based on @throws ApiError 404, 409 `version.conflict` */
		async change(id: string, policy: StoredPolicy, seen: number | undefined, actor: Actor): Promise<PolicyRow> {
			const version = await database.change(async (trx) => {
				const row = await trx
					.selectFrom("recording_policies")
					.select(["version", "policy"])
					.where("id", "=", id)
					.forUpdate()
					.executeTakeFirst();
				if (!row) throw notFound("recording policy", id);
				if (seen !== undefined && seen !== row.version)
					throw versionConflict("recording policy", id, seen, row.version);
				await check(trx, withoutGone(policy, row.policy), id);
				await trx
					.updateTable("recording_policies")
					.set({ version: row.version + 1, policy: JSON.stringify(policy) as never })
					.where("id", "=", id)
					.execute();
				await events.append(trx, [policiesChanged(id, actor)]);
				return row.version + 1;
			});
			known.forget();
			return { id, version, value: policy };
		},

		/** What it has recorded stays, for as long as it said. @throws ApiError 404 */
		async remove(id: string, actor: Actor): Promise<void> {
			await database.change(async (trx) => {
				const gone = await trx.deleteFrom("recording_policies").where("id", "=", id).returning("id").execute();
				if (gone.length === 0) throw notFound("recording policy", id);
				await events.append(trx, [policiesChanged(id, actor)]);
			});
			known.forget();
		},

		/** What is absent stays as it is. @throws ApiError 409 `version.conflict` */
		async setSettings(
			changes: StoredSettings,
			seen: number | undefined,
			actor: Actor,
		): Promise<Versioned<Required<StoredSettings>>> {
			await database.change(async (trx) => {
				await keptSettings.change(trx, changes, seen);
				await events.append(trx, [policiesChanged("settings", actor)]);
			});
			known.forget();
			return settings();
		},
	};
}

export type RecordingRulesService = ReturnType<typeof createRecordingRules>;

/** Queues that it has had may stay, whatever has become of them. */
function withoutGone(policy: StoredPolicy, before: StoredPolicy): StoredPolicy {
	return { ...policy, queueIds: policy.queueIds.filter((id) => !before.queueIds.includes(id)) };
}
