import type { Kernel } from "../kernel/domain.ts";
import type { Actor } from "../kernel/events/event-log.ts";
import { badField, versionConflict } from "../kernel/http/api-error.ts";
import { utilizationChanged } from "./events.ts";
import { type MediaType, mediaTypes } from "./queue-model.ts";
import {
	defaultUtilization,
	type MediumUtilization,
	type Utilization,
	type Utilizations,
	utilizationOf,
} from "./utilization-model.ts";
import { utilizationStore } from "./utilization-store.ts";

/** What a client sends: a medium that is left away is as by default. */
export type UtilizationInput = Partial<Record<MediaType, Partial<MediumUtilization> | null>>;

/** How many interactions of each medium people take at a time (agent-features section 1). */
export interface UtilizationService {
	/** All rules, from memory. */
	all(): Promise<Utilizations>;
	/** The rule that holds for a user, and whether it is their own. */
	of(userId: string): Promise<{ rule: Utilization; isOwn: boolean }>;
	/** Of the organization's rule, or a user's own; 0 where there is none. */
	version(userId?: string): Promise<number>;
	/**
	 * @param userId the organization's, unless told
	 * @param input nothing: as before anybody changed it
	 * @param seen the version that the change is based on
	 * @throws ApiError 409 `version.conflict`
	 */
	set(
		userId: string | undefined,
		input: UtilizationInput | undefined,
		actor: Actor,
		seen?: number,
	): Promise<{ rule: Utilization; version: number }>;
}

/** The organization's rule stands under no user. */
const organization = "";

export function createUtilization(kernel: Kernel): UtilizationService {
	const { database, events, feed } = kernel;
	let known: Promise<Utilizations> | undefined;
	feed.subscribe((event) => {
		if (event.type === "utilization.changed") known = undefined;
	});

	async function read(): Promise<Utilizations> {
		const rules = await utilizationStore.all(database.db);
		const whole = rules.get(organization) ?? defaultUtilization;
		rules.delete(organization);
		return { organization: whole, users: rules };
	}

	function all(): Promise<Utilizations> {
		const reading = known ?? read();
		known = reading;
		reading.catch(() => {
			if (known === reading) known = undefined;
		});
		return reading;
	}

	return {
		all,
		async of(userId) {
			const rules = await all();
			return { rule: utilizationOf(rules, userId), isOwn: rules.users.has(userId) };
		},
		version: (userId = organization) => utilizationStore.version(database.db, userId),
		async set(userId, input, actor, seen) {
			const base = userId === undefined ? defaultUtilization : (await all()).organization;
			const set = await database.change(async (trx) => {
				const whose = userId ?? organization;
				await utilizationStore.lock(trx);
				const current = await utilizationStore.version(trx, whose);
				if (seen !== undefined && seen !== current) throw versionConflict("utilization", whose, seen, current);
				const rule = input && completed(input, base);
				const version = rule ? await utilizationStore.save(trx, whose, rule) : 0;
				if (!rule) await utilizationStore.remove(trx, whose);
				await events.append(trx, [utilizationChanged(userId, actor)]);
				return { rule: rule ?? base, version };
			});
			known = undefined;
			return set;
		},
	};
}

function completed(input: UtilizationInput, base: Utilization): Utilization {
	const medium = (type: MediaType): MediumUtilization => {
		refuseIdle(type, input[type]?.interruptableMediaTypes ?? []);
		const sent = Object.entries(input[type] ?? {}).filter(([, value]) => value !== null && value !== undefined);
		return { ...base[type], ...(Object.fromEntries(sent) as Partial<MediumUtilization>) };
	};
	return Object.fromEntries(mediaTypes.map((type) => [type, medium(type)])) as Record<MediaType, MediumUtilization>;
}

/** @throws ApiError 400 for what would do nothing: a medium that interrupts itself (its capacity says that), or stands twice */
function refuseIdle(type: MediaType, interrupting: readonly MediaType[]): void {
	const field = `utilization.${type}.interruptableMediaTypes`;
	if (interrupting.includes(type))
		throw badField(field, `${field} names other media: how many of ${type} there may be says its maximumCapacity.`);
	if (new Set(interrupting).size < interrupting.length) throw badField(field, `${field} names a medium twice.`);
}
