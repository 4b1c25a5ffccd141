import type { Trx } from "../kernel/database/database.ts";
import type { Actor } from "../kernel/events/event-log.ts";
import { ApiError } from "../kernel/http/api-error.ts";
import { actingId, actorOf, type GrantedPermission, holds, type Principal } from "../kernel/principal.ts";
import { asWanted, type Holdings } from "./holdings.ts";
import { beyond, inDivisions, type PermissionInDivision } from "./may-give.ts";
import { everyDivision, type RoleInDivision, type SubjectType } from "./model.ts";
import { permissionsOf } from "./policies.ts";
import type { ChangeRights, RightsChanges } from "./rights-changes.ts";
import type { AuthorizationStore } from "./store.ts";

/** Who changes rights: the bearer of a token, who is judged, or the server itself (seeding), which is not. */
export type Giver = Principal | "server";

/** Who is answerable for the change, as its events tell. */
export function actorOfGiver(by: Giver): Actor | undefined {
	return by === "server" ? undefined : actorOf(by);
}

/** Makes the refusal of an operation that has a code of its own for it. */
export type Refusal = (missing: readonly PermissionInDivision[]) => ApiError;

/**
 * Judges one change of rights, within its transaction. Every operation that can give or take rights asks it; the table
 * of all operations is `test-support/rights-of-routes.ts`.
 */
export interface Judge {
	/** The giver holds these permissions where they would be given. @throws ApiError 403 `missing.division.permission` */
	mayGive(wanted: readonly PermissionInDivision[], refusal?: Refusal): void;
	/** As {@link mayGive}, for everything in these roles. */
	mayGiveRoles(roles: readonly RoleInDivision[], refusal?: Refusal): Promise<void>;
	/**
	 * As {@link mayGive}, for everything that the subject holds: whoever can act as it, or joins it, gets all of that; and
	 * whoever weakens it must be no weaker. Of several, all that they hold together.
	 */
	mayHandOver(subjects: string | readonly string[], refusal?: Refusal): Promise<void>;
	/** The giver holds one of these permissions in each of the divisions. @throws ApiError 403 `missing.division.permission` */
	holdsIn(permissions: readonly string[], divisionIds: readonly string[]): void;
	/** Nobody takes away what is stronger than they are. @throws ApiError 403 `missing.division.permission` */
	mayTake(wanted: readonly PermissionInDivision[]): void;
	/** As {@link mayTake}, for everything in these roles; one of the permissions is held where the roles are. */
	mayTakeRoles(permissions: readonly string[], roles: readonly RoleInDivision[]): Promise<void>;
	/** As {@link mayTakeRoles}, for the roles that the subject holds itself. */
	mayTakeFrom(permissions: readonly string[], subjectId: string, refusal?: Refusal): Promise<void>;
	/** As {@link mayTake}, for everything that the subject holds, by its groups too: it will not act any more. */
	mayEnd(subjectId: string): Promise<void>;
	/** Which of these {@link mayHandOver}, or {@link mayEnd}, refuses, each by themselves: many are asked about at once. */
	refusalsOf(subjectIds: readonly string[], change: "handedOver" | "ended"): Promise<Map<string, ApiError>>;
	/**
	 * To be asked after each change that can take rights, before it commits: where there was somebody who can sign in and
	 * may do everything everywhere, there still is one. @throws ApiError 409 `last.administrator`
	 */
	keepsAdministrator(): Promise<void>;
}

/** Whether one of these users, or of the members of these groups, is active and can sign in; the users domain answers. */
export type AnyActive = (
	among: { userIds: string[]; groupIds: string[]; without?: readonly string[] },
	trx: Trx,
) => Promise<boolean>;

/** What is thought away: a role in every division of these subjects, or, without a role, these users themselves. */
export interface ThoughtAway {
	subjectIds: readonly string[];
	roleId?: string;
}

/** Opens judgements. */
export function createJudges(
	store: AuthorizationStore,
	people: { holdings: Holdings; anyActive: AnyActive },
	changes: Pick<RightsChanges, "requireTurn" | "opened">,
) {
	const heldBy = people.holdings.of;

	async function permissionsIn(trx: Trx, roles: readonly RoleInDivision[]): Promise<PermissionInDivision[]> {
		const known = new Map((await store.roles(trx)).map((role) => [role.id, role]));
		return roles.flatMap(({ roleId, divisionId }) =>
			inDivisions(permissionsOf(known.get(roleId)?.policies ?? []), [divisionId]),
		);
	}

	/**
	 * Whether an active user who can sign in may do everything everywhere, as of this transaction.
	 * @param without what is thought away
	 */
	async function hasAdministrator(trx: Trx, without?: ThoughtAway): Promise<boolean> {
		const whole = (await store.roles(trx)).filter(({ policies }) => permissionsOf(policies).includes(everything));
		const all = await store.holdersEverywhere(
			trx,
			whole.map((role) => role.id),
		);
		const { roleId, subjectIds = [] } = without ?? {};
		const gone = new Set(subjectIds);
		const holders = all.filter((one) => one.roleId !== roleId || !gone.has(one.subjectId));
		const of = (type: SubjectType) => holders.filter((one) => one.subjectType === type).map((one) => one.subjectId);
		const away = roleId === undefined ? { without: subjectIds } : {};
		return people.anyActive({ userIds: of("PC_USER"), groupIds: of("PC_GROUP"), ...away }, trx);
	}

	/**
	 * Of people who are put out of work, or lose a role, one after the other: who would be refused as nobody were left who may
	 * do everything. It changes nothing.
	 */
	async function lastAmong(trx: Trx, subjectIds: readonly string[], roleId?: string): Promise<string | undefined> {
		const isLeftWithout = (first: number) =>
			hasAdministrator(trx, { subjectIds: subjectIds.slice(0, first), ...(roleId === undefined ? {} : { roleId }) });
		if (!(await isLeftWithout(0)) || (await isLeftWithout(subjectIds.length))) return undefined;
		let [left, none] = [0, subjectIds.length];
		while (none - left > 1) {
			const middle = Math.floor((left + none) / 2);
			if (await isLeftWithout(middle)) left = middle;
			else none = middle;
		}
		return subjectIds[left];
	}

	/**
	 * Opens the part of a transaction that changes who holds what. Until it ends no other transaction does, so what was
	 * judged is still true at the commit. Open it before locking any row, in a transaction of `changeRights`.
	 */
	async function judge(trx: Trx, by: Giver): Promise<Judge> {
		if (by !== "server") changes.requireTurn(trx);
		await store.lockRights(trx);
		await changes.opened(trx);
		return judgement(trx, by);
	}

	/** The judge as it stands, which nobody waits for: to tell beforehand what would be refused. It changes nothing. */
	async function judgement(trx: Trx, by: Giver): Promise<Judge> {
		if (by === "server") return anything;
		const held = await heldBy(trx, actingId(by));
		const hadAdministrator = await hasAdministrator(trx);

		function mayGive(wanted: readonly PermissionInDivision[], refusal: Refusal = missingRights): void {
			const missing = beyond(held, wanted);
			if (missing.length > 0) throw refusal(missing);
		}

		function holdsIn(permissions: readonly string[], divisionIds: readonly string[]): void {
			mayEnlist(
				{ grants: held },
				permissions,
				divisionIds.map((divisionId) => ({ divisionId })),
			);
		}

		function mayTake(wanted: readonly PermissionInDivision[], refusal: Refusal = strongerThanGiver): void {
			mayGive(wanted, refusal);
		}

		async function mayTakeRoles(
			permissions: readonly string[],
			roles: readonly RoleInDivision[],
			refusal?: Refusal,
		): Promise<void> {
			holdsIn(permissions, [...new Set(roles.map((role) => role.divisionId))]);
			mayTake(await permissionsIn(trx, roles), refusal);
		}

		return {
			mayGive,
			holdsIn,
			mayTake,
			mayTakeRoles,
			mayGiveRoles: async (roles, refusal) => mayGive(await permissionsIn(trx, roles), refusal),
			async mayHandOver(subjects, refusal) {
				mayGive((await heldBy(trx, ...[subjects].flat())).flatMap(asWanted), refusal);
			},
			async mayTakeFrom(permissions, subjectId, refusal) {
				await mayTakeRoles(permissions, await store.grantsOf(trx, [subjectId]), refusal);
			},
			async mayEnd(subjectId) {
				mayTake((await heldBy(trx, subjectId)).flatMap(asWanted));
			},
			async refusalsOf(subjectIds, change) {
				const each = await people.holdings.ofEach(trx, subjectIds);
				const may = change === "ended" ? mayTake : mayGive;
				const judged = new Map(
					[...new Set(each.values())].map((one) => [one, refusalIn(() => may(one.flatMap(asWanted)))]),
				);
				return new Map(
					[...each].flatMap(([id, one]) => {
						const refusal = judged.get(one);
						return refusal ? [[id, refusal] as const] : [];
					}),
				);
			},
			async keepsAdministrator() {
				if (hadAdministrator && !(await hasAdministrator(trx))) throw lastAdministrator();
			},
		};
	}

	return { judge, judgement, hasAdministrator, lastAmong };
}

function refusalIn(judge: () => void): ApiError | undefined {
	try {
		judge();
		return undefined;
	} catch (error) {
		if (error instanceof ApiError) return error;
		throw error;
	}
}

/**
 * Who puts people to work (into a queue or group, or on an interaction that waits) needs a permission for it where those
 * people are, too: a division's supervisor gives out the work of that division, and does not take another one's people.
 * Each operation of that kind asks here, or by `holdsIn` where it has a judge open.
 * @throws ApiError 403 `missing.division.permission`
 */
export function mayEnlist(
	by: { grants: readonly GrantedPermission[] },
	permissions: readonly string[],
	people: ReadonlyArray<{ divisionId: string }>,
): void {
	const other = people.find(({ divisionId }) => !permissions.some((one) => holds(by, one, divisionId)));
	if (other) throw missingInDivision(permissions, other.divisionId);
}

export type OpenJudge = ReturnType<typeof createJudges>["judge"];

/** Asks a judge what it would say, without a change and without holding up anybody's. */
export type Foresee = <T>(by: Giver, work: (judge: Judge, trx: Trx) => Promise<T>) => Promise<T>;

/** What a change of rights begins with. */
export interface Opening {
	judge: OpenJudge;
	changeRights: ChangeRights;
	foresee: Foresee;
}

const anything: Judge = {
	mayGive() {},
	async mayGiveRoles() {},
	async mayHandOver() {},
	holdsIn() {},
	mayTake() {},
	async mayTakeRoles() {},
	async mayTakeFrom() {},
	async mayEnd() {},
	refusalsOf: async () => new Map(),
	async keepsAdministrator() {},
};

/** What an administrator of the whole organization holds in every division. */
export const everything = "*:*:*";

export function lastAdministrator(): ApiError {
	return new ApiError(
		409,
		"last.administrator",
		"This would leave nobody who can sign in and may do everything. First give an active user who has a password the role of an administrator in every division.",
	);
}

function missingInDivision(permissions: readonly string[], divisionId: string): ApiError {
	return new ApiError(
		403,
		"missing.division.permission",
		`This needs the permission {permissions} ${place(divisionId)}.`,
		{
			params: { permissions: permissions.join(", "), divisionId },
		},
	);
}

function missingRights(missing: readonly PermissionInDivision[]): ApiError {
	return new ApiError(403, "missing.division.permission", missingText(missing), { params: missingParams(missing) });
}

function strongerThanGiver(missing: readonly PermissionInDivision[]): ApiError {
	const text = missingText(missing, "Only what one holds can be taken away.");
	return new ApiError(403, "missing.division.permission", text, { params: missingParams(missing) });
}

/** As many as a person reads; a role can have hundreds. */
const mostNamed = 5;

/** A message template that says what is missing and where, for {@link missingParams}. */
export function missingText(
	missing: readonly PermissionInDivision[],
	rule = "Only what one holds can be given.",
): string {
	const { divisionId, permissions } = firstPlace(missing);
	const more = permissions.length > mostNamed ? " and {more} more" : "";
	return `${rule} You lack {permissions}${more} ${place(divisionId)}.`;
}

export function missingParams(missing: readonly PermissionInDivision[]): Record<string, string> {
	const { divisionId, permissions } = firstPlace(missing);
	const named = permissions.slice(0, mostNamed);
	return { permissions: named.join(", "), divisionId, more: String(permissions.length - named.length) };
}

/** One division at a time: a person mends one, and reads of the next. */
function firstPlace(missing: readonly PermissionInDivision[]): { divisionId: string; permissions: string[] } {
	const { divisionId = everyDivision } = missing[0] ?? {};
	const there = missing.filter((one) => one.divisionId === divisionId);
	return { divisionId, permissions: [...new Set(there.map((one) => one.permission))] };
}

function place(divisionId: string): string {
	return divisionId === everyDivision ? "in every division (*)" : "in the division {divisionId}";
}
