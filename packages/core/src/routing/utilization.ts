import type { Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Actor } from "../kernel/events/event-log.ts";
import { badField, versionConflict } from "../kernel/http/api-error.ts";
import { utilizationChanged } from "./events.ts";
import { labelStore } from "./label-store.ts";
import {
	defaultRule,
	type LabelUtilization,
	type UtilizationRule,
	type Utilizations,
	utilizationOf,
} from "./utilization-model.ts";
import { completed, labelsNamed, type UtilizationInput, withoutLabel } from "./utilization-rules.ts";
import { utilizationStore } from "./utilization-store.ts";

/** How many interactions of each medium, and label, people take at a time (agent-features section 1). */
export interface UtilizationService {
	/** All rules, from memory. */
	all(): Promise<Utilizations>;
	/** The rule that holds for a user, and whether it is their own. */
	of(userId: string): Promise<{ rule: UtilizationRule; isOwn: boolean }>;
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
	): Promise<{ rule: UtilizationRule; version: number }>;
	/** Until the transaction ends nobody else changes a rule. */
	lock(trx: Trx): Promise<void>;
	/** What holds of a label from its beginning, for everybody; its row is held. */
	beginLabel(trx: Trx, labelId: string, rule: LabelUtilization, actor: Actor): Promise<void>;
	/** Takes a label out of every rule, in the transaction that ends it, and holds the lock. */
	endLabel(trx: Trx, labelId: string, actor: Actor): Promise<void>;
	/** What was read before a label began or ended counts no longer; others' changes are told by the event log. */
	forget(): void;
	/** Whose own rules say something of a label. */
	usersNaming(labelId: string, trx?: Trx): Promise<string[]>;
}

/** The organization's rule stands under no user. */
const organization = "";

export function createUtilization(kernel: Kernel): UtilizationService {
	const { database, events, feed } = kernel;
	let known: Promise<Utilizations> | undefined;
	feed.subscribe((event) => {
		if (event.type === "utilization.changed" || event.type === "utilizationlabel.changed") known = undefined;
	});

	async function read(): Promise<Utilizations> {
		const [rules, standing] = await Promise.all([utilizationStore.all(database.db), labelStore.ids(database.db)]);
		const whole = rules.get(organization) ?? defaultRule;
		rules.delete(organization);
		const users = [...rules].map(([id, own]) => [id, { ...own, labels: { ...whole.labels, ...own.labels } }] as const);
		return { organization: whole, users: new Map(users), standing };
	}

	function all(): Promise<Utilizations> {
		const reading = known ?? read();
		known = reading;
		reading.catch(() => {
			if (known === reading) known = undefined;
		});
		return reading;
	}

	/** What it names stands until the change is done. */
	async function requireLabels(trx: Trx, { labels }: UtilizationRule): Promise<void> {
		const named = labelsNamed(labels);
		const standing = await labelStore.referred.hold(trx, named);
		const missing = named.find((id) => !standing.has(id));
		if (missing !== undefined)
			throw badField("labelUtilizations", `There is no utilization label with the id ${missing}.`);
	}

	async function saveFor(trx: Trx, whose: string, rule: UtilizationRule, actor: Actor): Promise<void> {
		await utilizationStore.save(trx, whose, rule);
		await events.append(trx, [utilizationChanged(whose || undefined, actor)]);
	}

	return {
		all,
		async of(userId) {
			const rules = await all();
			return { rule: utilizationOf(rules, userId), isOwn: rules.users.has(userId) };
		},
		version: (userId = organization) => utilizationStore.version(database.db, userId),
		async set(userId, input, actor, seen) {
			const base = userId === undefined ? defaultRule : (await all()).organization;
			const set = await database.change(async (trx) => {
				const whose = userId ?? organization;
				await utilizationStore.lock(trx);
				const current = await utilizationStore.version(trx, whose);
				if (seen !== undefined && seen !== current) throw versionConflict("utilization", whose, seen, current);
				const rule = input && completed(input, base);
				if (rule) await requireLabels(trx, rule);
				const version = rule ? await utilizationStore.save(trx, whose, rule) : 0;
				if (!rule) await utilizationStore.remove(trx, whose);
				await events.append(trx, [utilizationChanged(userId, actor)]);
				return { rule: rule ?? base, version };
			});
			known = undefined;
			return set;
		},
		lock: utilizationStore.lock,
		async beginLabel(trx, labelId, rule, actor) {
			await utilizationStore.lock(trx);
			const before = (await utilizationStore.all(trx)).get(organization) ?? defaultRule;
			const after = { ...before, labels: { ...before.labels, [labelId]: rule } };
			await requireLabels(trx, after);
			await saveFor(trx, organization, after, actor);
		},
		async endLabel(trx, labelId, actor) {
			for (const [whose, rule] of await utilizationStore.naming(trx, labelId))
				await saveFor(trx, whose, withoutLabel(rule, labelId), actor);
		},
		forget() {
			known = undefined;
		},
		async usersNaming(labelId, trx) {
			const naming = await utilizationStore.naming(trx ?? database.db, labelId);
			return [...naming.keys()].filter((id) => id !== organization);
		},
	};
}
